// Package reminders turns a treatment into what will be said when: the plan is a pure function of
// the treatment, the setting, the zone, the person's wishes and the content store.
package reminders
