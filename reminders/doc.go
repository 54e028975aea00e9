// Package reminders turns a treatment into what will be said when, and keeps what it promised.
//
// The plan is a pure function of the treatment, the setting, the zone, the person's wishes and the
// content store (Build). Plan.Schedule makes promises of it, rows that a Queue keeps: the database
// is the schedule, and nothing in memory is. A turn of the conversation hands its schedule over as
// Orders, so that person and promises change together.
//
// The Dispatcher claims rows that are due, sends one message a chat through a Sender, outside any
// transaction, and lets Decide say what becomes of each row. A row goes
//
//	pending → claimed → sending → sent, late, doubted or given up
//
// and back to pending when it is to be tried again, or to parked when its chat cannot be reached. It
// is closed only by an outcome. After a crash a claimed row is pending again, because nothing of it
// was sent, and a sending one is uncertain: its kind decides whether it may be said twice.
//
// All instants are absolute; wall-clock promises were made absolute by Civil in the person's zone.
// Spans are in the time of the dispatcher's Clock, except those that a platform asks for.
package reminders
