package dialog

// nameSet is a set of the names of one flow, a bit for each. Flows of many steps have many names at each of them.
type nameSet []uint64

func (s nameSet) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

func (s nameSet) add(n int) { s[n/64] |= 1 << (n % 64) }

// meet keeps what is also in another set, and tells whether anything went.
func (s nameSet) meet(other nameSet) (shrank bool) {
	for i := range s {
		kept := s[i] & other[i]
		shrank = shrank || kept != s[i]
		s[i] = kept
	}
	return shrank
}

// number gives each name of the flow its bit; false for what is no name of it.
func (c *check) number(name string) (int, bool) {
	if c.numbers == nil {
		c.numbers = make(map[string]int, len(c.names))
		for n := range c.names {
			c.numbers[n] = len(c.numbers)
		}
	}
	i, ok := c.numbers[name]
	return i, ok
}

// with is a set with more names in it; the set itself stays as it is. A nil set is empty.
func (c *check) with(have nameSet, more []string) nameSet {
	out := make(nameSet, len(c.names)/64+1)
	copy(out, have)
	for _, n := range more {
		if i, ok := c.number(n); ok {
			out.add(i)
		}
	}
	return out
}

func (c *check) has(have nameSet, name string) bool {
	i, ok := c.number(name)
	return ok && have.has(i)
}

// namesIn lists the names of a set.
func (c *check) namesIn(set nameSet) []string {
	var out []string
	for n := range c.names {
		if c.has(set, n) {
			out = append(out, n)
		}
	}
	return out
}
