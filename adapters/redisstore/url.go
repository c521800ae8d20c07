package redisstore

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// newClient makes the client that a URL asks for. It does not connect yet. Its errors never repeat the URL, which may
// hold a password.
func newClient(raw string) (redis.UniversalClient, error) {
	o, err := parseURL(raw)
	if err != nil {
		return nil, fmt.Errorf("read the Redis URL: %w", err)
	}
	return redis.NewUniversalClient(o), nil
}

// parseURL reads the forms that Options.URL documents.
func parseURL(raw string) (*redis.UniversalOptions, error) {
	// The port is checked here: url.Parse takes no list of hosts with ports.
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return nil, errors.New("it has no scheme (redis://host:6379)")
	}
	if i := strings.LastIndexByte(rest, '#'); i >= 0 {
		return nil, errors.New("it has a fragment; write '#' in a password as %23")
	}
	rest, query, _ := strings.Cut(rest, "?")
	rest, db, _ := strings.Cut(rest, "/")
	user, hosts := "", rest
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		user, hosts = rest[:i], rest[i+1:]
	}
	params, err := url.ParseQuery(query)
	if err != nil {
		return nil, errors.New("its parameters cannot be read")
	}
	o := clientDefaults()
	if err := setPlace(o, scheme, hosts, db, params); err != nil {
		return nil, err
	}
	name, password, _ := strings.Cut(user, ":")
	if o.Username, err = url.PathUnescape(name); err != nil {
		return nil, errors.New("its user name cannot be read")
	}
	if o.Password, err = url.PathUnescape(password); err != nil {
		return nil, errors.New("its password cannot be read")
	}
	return o, nil
}

// clientDefaults are the settings that all forms share.
func clientDefaults() *redis.UniversalOptions {
	return &redis.UniversalOptions{
		Protocol:        2, // replies of scripts are plain arrays
		DialTimeout:     3 * time.Second,
		ReadTimeout:     3 * time.Second,
		WriteTimeout:    3 * time.Second,
		MaxRetries:      2, // scripts may be sent twice: see the package comment
		PoolSize:        16,
		DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{
			Mode: maintnotifications.ModeDisabled,
		},
	}
}

// setPlace sets the addresses, the kind of deployment and the database.
func setPlace(o *redis.UniversalOptions, scheme, hosts, db string, params url.Values) error {
	sentinel := false
	switch scheme {
	case "redis":
	case "rediss":
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	case "redis+sentinel":
		sentinel = true
	case "rediss+sentinel":
		sentinel = true
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	default:
		return errors.New("its scheme must be redis, rediss, redis+sentinel or rediss+sentinel")
	}
	port := ":6379"
	if sentinel {
		port = ":26379"
	}
	for _, h := range strings.Split(hosts, ",") {
		if h == "" {
			return errors.New("a host is missing")
		}
		if !strings.Contains(h, ":") || strings.HasSuffix(h, "]") {
			h += port
		}
		o.Addrs = append(o.Addrs, h)
	}
	if db != "" {
		n, err := strconv.Atoi(db)
		if err != nil || n < 0 {
			return errors.New("its database must be a number")
		}
		o.DB = n
	}
	for name := range params {
		switch name {
		case "cluster", "master", "sentinel_username", "sentinel_password":
		default:
			return fmt.Errorf("it has an unknown parameter %q", name)
		}
	}
	return setKind(o, sentinel, params)
}

// setKind sets what kind of deployment is at the addresses.
func setKind(o *redis.UniversalOptions, sentinel bool, params url.Values) error {
	cluster := params.Get("cluster") == "true"
	o.MasterName = params.Get("master")
	o.SentinelUsername = params.Get("sentinel_username")
	o.SentinelPassword = params.Get("sentinel_password")
	switch {
	case sentinel && o.MasterName == "":
		return errors.New("it needs the master's name: ?master=name")
	case !sentinel && o.MasterName != "":
		return errors.New("a master's name needs the scheme redis+sentinel")
	case sentinel && cluster:
		return errors.New("it cannot be both a cluster and watched by Sentinels")
	case cluster && o.DB != 0:
		return errors.New("a cluster has only database 0")
	case !sentinel && !cluster && len(o.Addrs) > 1:
		return errors.New("several hosts need ?cluster=true or redis+sentinel://")
	}
	o.IsClusterMode = cluster
	return nil
}
