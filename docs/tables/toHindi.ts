/** The texts of the tables in Hindi, by their English text. Names that n8n shows stay as n8n shows them. */
const HINDI: Record<string, string> = {
	Resource: 'Resource',
	Operation: 'Operation',
	'What it does': 'क्या करता है',
	Fields: 'फ़ील्ड',
	Event: 'इवेंट',
	'On the wire': 'webhook में नाम',
	When: 'कब',
	Variable: 'वेरिएबल',
	Default: 'डिफ़ॉल्ट',
	'What it is': 'किस लिए',

	'Link a phone: the output holds the QR code as a PNG to scan in WhatsApp → Linked devices. Ends as soon as the phone is linked or the time given is over.':
		'फ़ोन जोड़ता है: आउटपुट में QR कोड की PNG तस्वीर मिलती है, जिसे WhatsApp → Linked devices में स्कैन करें। फ़ोन जुड़ते ही, या दिया गया समय पूरा होने पर, समाप्त हो जाता है।',
	'Get a code to type on the phone instead of scanning a QR code: WhatsApp → Linked devices → Link with phone number':
		'QR कोड की जगह फ़ोन पर टाइप करने के लिए कोड देता है: WhatsApp → Linked devices → Link with phone number',
	'Show whether the instance is linked and connected, and its last error':
		'बताता है कि instance फ़ोन से जुड़ा और ऑनलाइन है या नहीं, और पिछली त्रुटि क्या थी',
	'Unlink the instance from the phone; to use it again it must be linked again':
		'instance को फ़ोन से अलग करता है; फिर इस्तेमाल करने के लिए दोबारा जोड़ना होगा',
	'Close the connection to WhatsApp and open it again; the phone stays linked':
		'WhatsApp का कनेक्शन बंद करके फिर खोलता है; फ़ोन जुड़ा रहता है',
	'Look up a message and what became of it: sent, received, read, failed':
		'संदेश ढूँढता है और बताता है कि उसका क्या हुआ: भेजा गया, पहुँचा, पढ़ा गया, विफल हुआ',
	'Send a text to a person or a group': 'किसी व्यक्ति या समूह को टेक्स्ट भेजता है',
	'Set or clear the URL that is told of an event; triggers in n8n do not need it':
		'किसी इवेंट का webhook URL तय करता या हटाता है; n8n के trigger को इसकी ज़रूरत नहीं',
	'Show the URLs of all five events, and why one was disabled':
		'पाँचों इवेंट के URL दिखाता है, और कोई बंद हुआ तो क्यों',
	'Deliver a sample of an event to its URL and show what the receiver answered':
		'इवेंट का एक नमूना उसके URL पर भेजता है और वहाँ से मिला जवाब दिखाता है',

	'The instance is linked, or back online': 'instance जुड़ गया, या फिर से ऑनलाइन है',
	'The instance lost its connection': 'instance का कनेक्शन टूट गया',
	'Somebody sent a message to the instance': 'किसी ने instance को संदेश भेजा',
	'WhatsApp accepted a message of the instance': 'WhatsApp ने instance का भेजा संदेश स्वीकार किया',
	'A message was received, read, played, replied to or deleted, or it failed':
		'संदेश पहुँचा, पढ़ा गया, चलाया गया, उसका उत्तर आया, वह मिटाया गया, या विफल हुआ',

	'Address to listen on.': 'किस पते पर सुने।',
	'Port to listen on; 0 takes any free one.': 'किस पोर्ट पर सुने; 0 यानी कोई भी खाली पोर्ट।',
	'Folder of the database, the keys and the media. One runner per folder.':
		'डेटाबेस, कुंजियों और मीडिया का फ़ोल्डर। एक फ़ोल्डर पर एक ही runner।',
	'The admin key. Unset: one is made and kept in the data folder, readable by its owner alone.':
		'admin key. न देने पर अपने-आप बनती है और डेटा फ़ोल्डर में रहती है, जिसे केवल उसका मालिक पढ़ सकता है।',
	'Reserved for Postgres. This version keeps everything in SQLite in the data folder and refuses to start with it.':
		'Postgres के लिए आरक्षित। यह संस्करण सब कुछ डेटा फ़ोल्डर के SQLite में रखता है और इसे देने पर शुरू नहीं होता।',
	'Base URL of links to media. Unset: where the runner listens.':
		'मीडिया के लिंक का मूल URL। न देने पर वही पता जिस पर runner सुनता है।',
	'Hosts that webhooks may call by http, separated by commas.':
		'वे host जिन्हें webhook http से पुकार सकते हैं, अल्पविराम से अलग।',
	'Hosts that webhooks may call although their address is private or loopback, separated by commas.':
		'वे host जिन्हें webhook निजी या loopback पता होने पर भी पुकार सकते हैं, अल्पविराम से अलग।',
	'Seconds to wait before each attempt of a delivery, separated by commas; the first is 0.':
		'डिलीवरी के हर प्रयास से पहले कितने सेकंड रुकना है, अल्पविराम से अलग; पहला 0 है।',
	'Days after which a message expires; decimals are allowed.':
		'कितने दिन बाद संदेश हट जाता है; दशमलव भी चलेगा।',
	'One of trace, debug, info, warn, error, fatal, silent. The log goes to stderr.':
		'trace, debug, info, warn, error, fatal, silent में से एक। लॉग stderr पर जाता है।',
	'For simulators only, and only while AWW_HOST is loopback: a ws:// URL in place of WhatsApp’s own.':
		'केवल simulator के लिए, और केवल तब जब AWW_HOST loopback हो: WhatsApp के पते की जगह कोई ws:// URL।',
	'For simulators only: the public key that signs the simulator’s certificate, in hex.':
		'केवल simulator के लिए: simulator के प्रमाणपत्र पर हस्ताक्षर करने वाली public key, hex में।',
	'1 when n8n starts the runner: it shares the machine with its parent and ends with it.':
		'1, जब n8n runner को शुरू करता है: वह n8n की ही मशीन पर चलता है और उसके साथ बंद होता है।',
};

/** The Hindi of a text of the tables; what has no translation yet stays in English. */
export function toHindi(text: string): string {
	return HINDI[text] ?? text;
}
