package safety

// DropStems has every sentence looked at closely.
func DropStems(s *Screen) {
	for i := range s.languages {
		for j := range s.languages[i].tiers {
			s.languages[i].tiers[j].stems = []string{""}
		}
	}
}
