package redisstore

import (
	"container/list"
	"sync"
)

// keyCache remembers the data keys of the conversations that were at work last.
type keyCache struct {
	mu    sync.Mutex
	size  int
	byKey map[string]*list.Element // conversation's hash to *cached
	order *list.List               // the last used first
}

// cached is an entry of a keyCache.
type cached struct {
	place string
	key   *dataKey
}

// newKeyCache bounds a cache to a number of conversations.
func newKeyCache(size int) *keyCache {
	return &keyCache{size: size, byKey: make(map[string]*list.Element), order: list.New()}
}

// get returns a key, or nil.
func (c *keyCache) get(place string) *dataKey {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[place]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).key
}

// put remembers a key, nil forgets it.
func (c *keyCache) put(place string, key *dataKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[place]
	switch {
	case e != nil && key == nil:
		c.order.Remove(e)
		delete(c.byKey, place)
	case e != nil:
		e.Value.(*cached).key = key
		c.order.MoveToFront(e)
	case key != nil:
		c.byKey[place] = c.order.PushFront(&cached{place: place, key: key})
		if c.order.Len() > c.size {
			last := c.order.Back()
			c.order.Remove(last)
			delete(c.byKey, last.Value.(*cached).place)
		}
	}
}
