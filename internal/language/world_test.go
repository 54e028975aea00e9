package language

import "testing"

// TestWorld reads messages in other languages: for each language emergencies first, then red flags, what
// is calm, and what is denied.
func TestWorld(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Spanish
		{"no puedo respirar y se me hincha la lengua", "breathing mouth-swelling"},
		{"me falta el aire, ¿qué hago?", "breathing"},
		{"se me esta cerrando la garganta", "throat"},
		{"no puedo tragar y veo borroso", "swallowing sight"},
		{"me salen granos con pus y tengo fiebre", "pimples pus fever"},
		{"tengo la cara roja y me arde un poco", "redness burning"},
		{"no tengo fiebre ni pus", "-fever -pus"},
		{"sin pus pero me duele mucho", "-pus pain"},
		{"respiro bien, gracias", ""},
		{"no tengo fiebre pero no puedo respirar", "-fever breathing"},
		// Portuguese
		{"não consigo respirar e a língua está inchando", "breathing mouth-swelling"},
		{"to com falta de ar, o que eu faço?", "breathing"},
		{"minha garganta esta fechando", "throat"},
		{"desmaiei depois da sessão", "fainting"},
		{"está saindo pus e tenho febre", "pus fever"},
		{"meu rosto está vermelho e ardendo", "redness burning"},
		{"não tenho febre, sem pus", "-fever -pus"},
		{"vermelhidão no rosto e inchaço", "redness swelling"},
		// French
		{"je n'arrive pas à respirer", "breathing"},
		{"j'arrive plus a respirer et ma langue gonfle", "breathing mouth-swelling"},
		{"j'ai la gorge qui se serre, que faire ?", "throat"},
		{"je me suis évanouie hier", "fainting"},
		{"il y a du pus et j'ai de la fièvre", "pus fever"},
		{"mon visage est rouge, ça brûle", "redness burning"},
		{"pas de fièvre, pas de pus", "-fever -pus"},
		{"je ne peux pas avaler", "swallowing"},
		{"je peux respirer normalement", ""},
		// German
		{"krieg keine luft und die zunge schwillt an", "breathing mouth-swelling"},
		{"Ich kann nicht mehr richtig atmen!!", "breathing"},
		{"mein hals schwillt zu", "throat"},
		{"mir ist schwindelig, was soll ich tun?", "fainting"},
		{"es eitert und ich habe fieber", "pus fever"},
		{"Mein Gesicht ist rot und brennt", "redness burning"},
		{"kein Eiter, kein Fieber", "-pus -fever"},
		{"ohne Schmerzen aber mit Ausschlag", "-pain rash"},
		{"ich kriege gut Luft", ""},
		// Italian
		{"non riesco a respirare e mi si gonfia la lingua", "breathing mouth-swelling"},
		{"mi manca l'aria, cosa faccio?", "breathing"},
		{"mi si chiude la gola", "throat"},
		{"sto per svenire, vedo tutto sfocato", "fainting sight"},
		{"esce pus e ho la febbre", "pus fever"},
		{"ho la faccia rossa e brucia", "redness burning"},
		{"non ho la febbre, niente pus", "-fever -pus"},
		{"senza dolore ma con gonfiore", "-pain swelling"},
		// Dutch
		{"ik krijg geen lucht en mijn tong zwelt op", "breathing mouth-swelling"},
		{"Ik kan bijna niet meer ademen, wat moet ik doen?", "breathing"},
		{"mijn keel zit dicht", "throat"},
		{"ik kan niet goed slikken", "swallowing"},
		{"er komt etter uit en ik heb koorts", "pus fever"},
		{"mijn gezicht is rood en jeukt", "redness itching"},
		{"geen koorts, geen etter", "-fever -pus"},
		{"ik ben bijna flauwgevallen", "fainting"},
		// Polish
		{"nie mogę oddychać, puchnie mi język", "breathing mouth-swelling"},
		{"nie moge zlapac tchu, co robic?", "breathing"},
		{"gardło mi się zaciska", "throat"},
		{"zemdlałam po zabiegu", "fainting"},
		{"leci ropa i mam gorączkę", "pus fever"},
		{"twarz jest czerwona i trochę swędzi", "redness itching"},
		{"nie mam gorączki, bez ropy, żadnej wysypki", "-fever -rash"},
		{"no mam gorączkę", "fever"},
		// Russian
		{"не могу дышать, язык опух", "breathing mouth-swelling"},
		{"мне нечем дышать, что делать?", "breathing"},
		{"горло сжимается, больно глотать", "throat swallowing"},
		{"Кружится голова и темнеет в глазах", "fainting fainting"},
		{"идёт гной и поднялась температура", "pus fever"},
		{"лицо красное и немного чешется", "redness itching"},
		{"нет температуры, без гноя", "-fever -pus"},
		{"сыпи нет, но очень больно", "-rash pain"},
		// Ukrainian
		{"не можу дихати, набряк язик", "breathing mouth-swelling"},
		{"мені важко дихати, що робити?", "breathing"},
		{"горло стискається", "throat"},
		{"не можу ковтати", "swallowing"},
		{"є гній і висока температура", "pus fever"},
		{"обличчя червоне і трохи свербить", "redness itching"},
		{"немає температури, без гною", "-fever -pus"},
		{"паморочиться в голові", "fainting"},
		// Turkish
		{"nefes alamıyorum, dilim şişti", "breathing mouth-swelling"},
		{"NEFES ALAMIYORUM", "breathing"},
		{"boğazım kapanıyor ne yapmalıyım?", "throat"},
		{"yutkunamiyorum", "swallowing"},
		{"irin akıyor, ateşim var", "pus fever"},
		{"yüzüm kırmızı ve biraz kaşınıyor", "redness itching"},
		{"irin yok, ateşim yok", "-pus -fever"},
		{"başım dönüyor, bayılacağım", "fainting fainting"},
		// Arabic
		{"لا أستطيع التنفس ولساني يتورم", "breathing mouth-swelling"},
		{"مش قادرة اتنفس اعمل ايه؟", "breathing"},
		{"حلقي يضيق", "throat"},
		{"ما اقدر ابلع", "swallowing"},
		{"يخرج صديد وعندي حمى", "pus fever"},
		{"وجهي أحمر وعندي حكة", "redness itching"},
		{"لا يوجد صديد", "-pus"},
		{"دايخة وحاسة هيغمى عليا", "fainting fainting"},
		// Hindi
		{"मुझे सांस नहीं आ रही है", "breathing"},
		{"साँस लेने में दिक्कत हो रही है, क्या करूं?", "breathing"},
		{"मेरी जीभ सूज गई है", "mouth-swelling"},
		{"गला बंद हो रहा है", "throat"},
		{"मवाद निकल रहा है और बुखार है", "pus fever"},
		{"चेहरा लाल है और खुजली हो रही है", "redness itching"},
		{"बुखार नहीं है", "-fever"},
		{"चक्कर आ रहे हैं", "fainting"},
		// Hindi, romanised
		{"mujhe saans nahi aa rahi", "breathing"},
		{"sans lene me dikkat ho rahi hai, kya karu?", "breathing"},
		{"meri jeebh suj gayi hai", "mouth-swelling"},
		{"gala band ho raha hai", "throat"},
		{"mawad nikal raha hai aur bukhar hai", "pus fever"},
		{"chehra lal hai aur khujli ho rahi hai", "redness itching"},
		{"bukhar nahi hai", "-fever"},
		{"chakkar aa rahe hai", "fainting"},
		// Tagalog
		{"hindi ako makahinga", "breathing"},
		{"namamaga po ang dila ko, ano gagawin ko?", "mouth-swelling"},
		{"sumasara ang lalamunan ko", "throat"},
		{"nahihilo ako parang mahimatay", "fainting fainting"},
		{"may nana at nilalagnat ako", "pus fever"},
		{"namumula ang mukha ko at medyo mahapdi", "redness burning"},
		{"walang nana, walang lagnat", "-fever"},
		{"hirap ako lumunok", "swallowing"},
		// Vietnamese
		{"tôi không thở được, lưỡi bị sưng", "breathing mouth-swelling"},
		{"em kho tho qua, phai lam sao?", "breathing"},
		{"cổ họng bị nghẹn, khó nuốt", "throat swallowing"},
		{"chóng mặt, sắp ngất", "fainting fainting"},
		{"vết kim chảy mủ và em bị sốt", "pus fever"},
		{"mặt em hơi đỏ và rát da", "redness burning"},
		{"không có mủ, không bị sốt", "-pus -fever"},
		{"mắt nhìn mờ", "sight"},
		// Indonesian
		{"saya gak bisa napas, lidah bengkak", "breathing mouth-swelling"},
		{"sesak nafas nih, harus gimana?", "breathing"},
		{"tenggorokan saya menyempit", "throat"},
		{"susah menelan dan pusing banget", "swallowing fainting"},
		{"keluar nanah dan demam", "pus fever"},
		{"muka merah dan gatal", "redness itching"},
		{"tidak ada nanah, gak demam", "-pus -fever"},
		{"pandangan saya kabur", "sight"},
		// Swedish
		{"jag kan inte andas och tungan svullnar", "breathing mouth-swelling"},
		{"får ingen luft, vad gör jag?", "breathing"},
		{"det snör åt i halsen", "throat"},
		{"jag svimmade nyss", "fainting"},
		{"det kommer var i såret och jag har feber", "pus fever"},
		{"ansiktet är rött och svider lite", "redness burning"},
		{"ingen feber, inga utslag", "-fever -rash"},
		{"har svårt att svälja", "swallowing"},
		// Greek
		{"δεν μπορώ να αναπνεύσω, η γλώσσα μου πρήστηκε", "breathing mouth-swelling"},
		{"δεν μπορω να ανασανω, τι να κανω;", "breathing"},
		{"κλείνει ο λαιμός μου", "throat"},
		{"λιποθύμησα μετά", "fainting"},
		{"βγάζει πύον και έχω πυρετό", "pus fever"},
		{"το πρόσωπο είναι κόκκινο και καίει", "redness burning"},
		{"δεν έχω πυρετό, χωρίς πύον", "-fever -pus"},
		{"βλέπω θολά", "sight"},
		// Romanian
		{"nu pot să respir, mi se umflă limba", "breathing mouth-swelling"},
		{"nu am aer, ce fac?", "breathing"},
		{"mi se închide gâtul", "throat"},
		{"am lesinat dupa sedinta", "fainting"},
		{"iese puroi și am febră", "pus fever"},
		{"fața e roșie și mă ustură", "redness burning"},
		{"nu am febră, fără puroi", "-fever -pus"},
		{"văd încețoșat", "sight"},
	} {
		if got := signsOf(c.text); got != c.want {
			t.Errorf("%q: read %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWorldStrengthAndTrend(t *testing.T) {
	for _, c := range []struct {
		text     string
		strength Strength
		trend    Trend
		persists bool
	}{
		{"la hinchazón no se quita y empeora", Unstated, Worse, true},
		{"me duele muchísimo", Severe, NoTrend, false},
		{"o inchaço piorou", Unstated, Worse, false},
		{"a vermelhidão está espalhando", Unstated, Spreading, false},
		{"la rougeur s'étend", Unstated, Spreading, false},
		{"une douleur insupportable", Severe, NoTrend, false},
		{"die Rötung breitet sich aus", Unstated, Spreading, false},
		{"der Juckreiz hört nicht auf", Unstated, NoTrend, true},
		{"il rossore peggiora", Unstated, Worse, false},
		{"il gonfiore non passa", Unstated, NoTrend, true},
		{"de roodheid wordt steeds erger", Unstated, Worse, false},
		{"opuchlizna jest coraz gorsza i boli coraz bardziej", Unstated, Worse, false},
		{"краснота не проходит", Unstated, NoTrend, true},
		{"отёк становится хуже", Unstated, Worse, false},
		{"набряк збільшується", Unstated, Worse, false},
		{"kızarıklık yayılıyor", Unstated, Spreading, false},
		{"التورم يزداد", Unstated, Worse, false},
		{"सूजन बढ़ रही है", Unstated, Worse, false},
		{"sujan ho rahi hai, bahut zyada dard", Severe, NoTrend, false},
		{"lumalala ang pamamaga", Unstated, Worse, false},
		{"chỗ sưng lan rộng", Unstated, Spreading, false},
		{"bengkaknya makin parah", Severe, Worse, false},
		{"το πρήξιμο χειροτερεύει", Unstated, Worse, false},
	} {
		m := Read(c.text, wednesday)
		i := len(m.Mentions) - 1
		if i < 0 {
			t.Errorf("%q: no sign was read", c.text)
			continue
		}
		if got := m.Mentions[i]; got.Strength != c.strength || got.Trend != c.trend || got.Persisting != c.persists {
			t.Errorf("%q: strength %d trend %d persists %v, want %d, %d and %v", c.text, got.Strength, got.Trend, got.Persisting, c.strength, c.trend, c.persists)
		}
	}
}
