// Package desk is what a practitioner sees of their clients: a caseload at a glance, a page for each, a digest. It is pure,
// and reads nothing but what the clients opened.
package desk
