// Package simulate lets a crowd live through its reminders in virtual time: real plans, a model of the
// dispatch, and the platform's limit. It answers what a test with a few chats cannot: how long the
// people of a full bot wait when a whole country's morning begins.
//
// The plans are the product's own (reminders.Build and Plan.Schedule). The dispatch is a model of
// reminders.Dispatcher and reminders.Gate, because both count real time and keep their rows in a
// database: what is due is claimed in the order of its instant, for so many chats at once, with what
// falls due for the same chat within half an hour, and passes a token bucket for the platform and one
// for its chat, replies before reminders. The platform answers at once and never fails; the database
// costs nothing.
//
// The same seed gives the same crowd and the same report on every machine, however many cores it has.
package simulate
