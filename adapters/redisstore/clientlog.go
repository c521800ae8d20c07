package redisstore

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/redis/go-redis/v9"
)

// LogClient has the Redis client library say what it has to say (a connection lost, a new master) in a log of ours, at
// level Info, in place of its own lines on standard error. The library has one logger for the whole process: call it
// once, at the start of the program. It logs addresses, never values.
func LogClient(log *slog.Logger) { redis.SetLogger(clientLog{log}) }

// clientLog is the library's logger interface upon slog.
type clientLog struct{ log *slog.Logger }

// Printf implements the library's logger.
func (c clientLog) Printf(ctx context.Context, format string, v ...any) {
	c.log.InfoContext(ctx, "redis client: "+fmt.Sprintf(format, v...))
}
