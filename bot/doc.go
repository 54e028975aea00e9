// Package bot is the conversation core: an Update comes in, Messages go out. It knows no platform
// and no SQL. Every message is read for danger before anything else; what is said comes from the
// content store; what is remembered of a person is kept only after they agreed.
package bot
