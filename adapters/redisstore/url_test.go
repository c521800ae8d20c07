package redisstore

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseURL(t *testing.T) {
	type want struct {
		Addrs                          []string
		User, Password, Master, Secret string
		DB                             int
		TLS, Cluster                   bool
	}
	cases := []struct {
		url  string
		want want
		err  string
	}{
		{url: "redis://localhost", want: want{Addrs: []string{"localhost:6379"}}},
		{url: "redis://u:p%40ss%2F@h:1/2", want: want{Addrs: []string{"h:1"}, User: "u", Password: "p@ss/", DB: 2}},
		{url: "redis://:secret@h", want: want{Addrs: []string{"h:6379"}, Password: "secret"}},
		{url: "rediss://[::1]:7", want: want{Addrs: []string{"[::1]:7"}, TLS: true}},
		{url: "redis://a:1,b:2,c?cluster=true", want: want{Addrs: []string{"a:1", "b:2", "c:6379"}, Cluster: true}},
		{
			url:  "redis+sentinel://u:p@a,b:2/1?master=main&sentinel_password=s",
			want: want{Addrs: []string{"a:26379", "b:2"}, User: "u", Password: "p", Master: "main", Secret: "s", DB: 1},
		},
		{url: "localhost:6379", err: "no scheme"},
		{url: "http://h", err: "its scheme must be"},
		{url: "redis://", err: "a host is missing"},
		{url: "redis://a,b", err: "several hosts"},
		{url: "redis://a/x", err: "must be a number"},
		{url: "redis://a/1?cluster=true", err: "only database 0"},
		{url: "redis://a?pool=3", err: `unknown parameter "pool"`},
		{url: "redis+sentinel://a", err: "master's name"},
		{url: "redis://a?master=m", err: "redis+sentinel"},
	}
	for _, c := range cases {
		t.Run(c.url, func(t *testing.T) {
			o, err := parseURL(c.url)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("%v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := want{o.Addrs, o.Username, o.Password, o.MasterName, o.SentinelPassword, o.DB, o.TLSConfig != nil, o.IsClusterMode}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
