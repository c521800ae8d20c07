package bot

import "tandem/dialog"

// retract takes back what a step made on a way that the person has left since: a goal, a check-in, a reminder that came
// of an answer which they corrected. What was said stays in the journal. A change of something that was there before
// stays too: its earlier versions are kept, and the new way writes another.
func (s *scene) retract(e dialog.Retract) error {
	step := e.Flow + "/" + e.Step
	id, ok := s.state.Made[step]
	if !ok {
		return nil
	}
	delete(s.state.Made, step)
	s.note.Records = append(s.note.Records, e.Kind+" retract")
	s.replan(false)
	return s.dropRecord(e.Kind + "/" + id)
}
