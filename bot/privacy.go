package bot

import (
	"encoding/json"
	"time"
)

// exported is the shape of /export: everything that is stored of a person.
type exported struct {
	Exported   time.Time   `json:"exported_at"`
	Chat       ChatID      `json:"chat"`
	Consent    *time.Time  `json:"consented_at"`
	Setting    string      `json:"setting"`
	Zone       string      `json:"zone"`
	Clinic     string      `json:"clinic,omitempty"`
	Treatments []Treatment `json:"treatments"`
	Checkins   []Checkin   `json:"check_ins"`
	Wishes     Wishes      `json:"reminders"`
	Talk       Talk        `json:"conversation"`
}

// export gives the person everything that is stored of them, as a file.
func (c *Core) export(p *Person, now time.Time) []Message {
	e := exported{Exported: now.In(c.zone(p)), Chat: p.Chat, Setting: string(p.Setting), Zone: p.Zone, Clinic: p.Clinic,
		Treatments: p.Treatments, Checkins: p.Checkins, Wishes: p.Wishes, Talk: p.Talk}
	key := "export"
	if p.consented() {
		e.Consent = &p.Consent
	} else {
		key = "export.stranger"
	}
	data, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return []Message{{Text: c.library.Phrase("trouble")}}
	}
	return []Message{{Text: c.library.Phrase(key), File: &File{Name: "afterglow-export.json", MIME: "application/json", Data: append(data, '\n')}}}
}

// erase forgets the person.
func (c *Core) erase(p *Person) []Message {
	chat := p.Chat
	*p = Person{Chat: chat, Erase: true}
	return []Message{{Text: c.library.Phrase("forget.done")}}
}
