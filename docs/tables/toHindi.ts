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
	'Send a picture to a person or a group': 'किसी व्यक्ति या समूह को तस्वीर भेजता है',
	'Send a video to a person or a group': 'किसी व्यक्ति या समूह को वीडियो भेजता है',
	'Send a sound file or a voice note to a person or a group':
		'किसी व्यक्ति या समूह को ऑडियो फ़ाइल या voice note भेजता है',
	'Send a file of any kind to a person or a group':
		'किसी व्यक्ति या समूह को किसी भी प्रकार की फ़ाइल भेजता है',
	'Send a sticker made of a WebP, PNG or JPEG file':
		'WebP, PNG या JPEG फ़ाइल से sticker बनाकर भेजता है',
	'Send a place on the map to a person or a group': 'किसी व्यक्ति या समूह को नक़्शे पर कोई जगह भेजता है',
	'Send the names and numbers of people to a person or a group':
		'किसी व्यक्ति या समूह को लोगों के नाम और नंबर भेजता है',
	'Ask a question with answers to choose from; each vote comes as a Received event':
		'चुनने के लिए उत्तरों के साथ सवाल पूछता है; हर वोट Received इवेंट के रूप में आता है',
	'React to a message with an emoji, or take the reaction back':
		'संदेश पर emoji से प्रतिक्रिया देता है, या दी हुई प्रतिक्रिया वापस लेता है',
	'Change the text or the caption of an own message, for about 15 minutes after it was sent':
		'अपने भेजे संदेश का टेक्स्ट या caption बदलता है; भेजने के लगभग 15 मिनट बाद तक',
	'Delete an own message for everyone, for about two days after it was sent; admins of a group delete those of others too':
		'अपना भेजा संदेश सबके लिए मिटाता है; भेजने के लगभग दो दिन बाद तक; समूह के admin दूसरों के संदेश भी मिटा सकते हैं',
	'Send a message that came or went before to another chat':
		'पहले आया या भेजा गया संदेश किसी दूसरी chat में भेजता है',
	'List messages that came and went, newest first': 'आए और भेजे गए संदेशों की सूची देता है, सबसे नए पहले',
	'Get the picture, video, audio, document or sticker of a message as a file of n8n':
		'संदेश की तस्वीर, वीडियो, ऑडियो, दस्तावेज़ या sticker को n8n की फ़ाइल के रूप में देता है',
	'Show the sender that a message was read': 'भेजने वाले को दिखाता है कि संदेश पढ़ लिया गया',

	'List the conversations with people and groups': 'लोगों और समूहों के साथ हुई बातचीत की सूची देता है',
	'Set after how long the messages of a chat disappear, for both sides':
		'तय करता है कि chat के संदेश कितने समय बाद दोनों तरफ़ से मिट जाएँ',
	'Mark everything unread in a chat as read': 'chat में जो कुछ अनपढ़ा है, सब पढ़ा हुआ दिखाता है',
	'Reject a call while it rings; Change Settings can reject all calls by itself':
		'घंटी बजते समय कॉल अस्वीकार करता है; Change Settings से सभी कॉल अपने-आप अस्वीकार हो सकती हैं',
	'Show that one is typing or recording, or stop it':
		'“typing…” या “recording…” दिखाता है, या उसे बंद करता है',
	'Tell whether a number is on WhatsApp and which ID it has there, Brazil’s ninth digit put right':
		'बताता है कि नंबर WhatsApp पर है या नहीं और वहाँ उसकी ID क्या है; ब्राज़ील का नौवाँ अंक ठीक कर देता है',
	'Ask WhatsApp for a contact: name, about, picture, and the profile of a business':
		'WhatsApp से किसी संपर्क की जानकारी लेता है: नाम, about, तस्वीर, और कारोबार हो तो उसका विवरण',
	'List the people this account writes with or has in its address book':
		'उन लोगों की सूची देता है जिनसे इस खाते की बातचीत होती है या जो उसकी address book में हैं',

	'Add people to a group; the output tells for each whether it worked':
		'समूह में लोगों को जोड़ता है; आउटपुट हर एक के बारे में बताता है कि जुड़ा या नहीं',
	'Create a group with these members': 'इन सदस्यों के साथ समूह बनाता है',
	'Make admins of a group ordinary members': 'समूह के admin को साधारण सदस्य बनाता है',
	'Show a group with its members': 'समूह और उसके सदस्य दिखाता है',
	'Show the link by which people can join the group':
		'वह लिंक दिखाता है जिससे लोग समूह में शामिल हो सकते हैं',
	'List the groups this account is in': 'उन समूहों की सूची देता है जिनमें यह खाता है',
	'Join a group by its invite link': 'आमंत्रण लिंक से समूह में शामिल होता है',
	'Leave a group; its members see that this account has left':
		'समूह छोड़ता है; सदस्यों को दिखता है कि यह खाता चला गया',
	'Make members of a group admins': 'समूह के सदस्यों को admin बनाता है',
	'Remove people from a group': 'समूह से लोगों को हटाता है',
	'Make a new invite link; the one before is void at once':
		'नया आमंत्रण लिंक बनाता है; पिछला तुरंत बेकार हो जाता है',
	'Change the picture of a group': 'समूह की तस्वीर बदलता है',
	'Change the subject, the description and who may do what in a group':
		'समूह का नाम और विवरण बदलता है, और यह भी कि कौन क्या कर सकता है',

	'Change what the instance does by itself; what is not added stays as it is':
		'बदलता है कि instance अपने-आप क्या करे; जो न जोड़ा जाए वह वैसा ही रहता है',
	'Show what the instance does by itself': 'दिखाता है कि instance अपने-आप क्या करता है',
	'Change the about text of the linked account': 'जुड़े हुए खाते का about टेक्स्ट बदलता है',
	'Change the profile picture of the linked account': 'जुड़े हुए खाते की प्रोफ़ाइल तस्वीर बदलता है',
	'Set or clear the URL that is told of an event; triggers in n8n do not need it':
		'किसी इवेंट का webhook URL तय करता या हटाता है; n8n के trigger को इसकी ज़रूरत नहीं',
	'Show the URLs of all five events, and why one was disabled':
		'पाँचों इवेंट के URL दिखाता है, और कोई बंद हुआ तो क्यों',
	'List what became of the events, newest first: delivered, failed or waiting, with each attempt’s time, status, error and answer':
		'बताता है कि किस इवेंट का क्या हुआ, सबसे नए पहले: पहुँचा, विफल हुआ या रुका है; हर प्रयास के समय, status, त्रुटि और जवाब के साथ',
	'Deliver one event again, all that failed, or those of a time: the same content under the same ID':
		'एक इवेंट, सब विफल इवेंट, या किसी समय के इवेंट फिर से भेजता है: वही सामग्री, उसी ID के साथ',
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
	'The admin key: at least 16 characters, better random ones such as those of openssl rand -hex 32. Unset: one is made and kept in the data folder, readable by its owner alone.':
		'admin key: कम से कम 16 अक्षर, बेहतर है openssl rand -hex 32 जैसे बेतरतीब अक्षर। न देने पर अपने-आप बनती है और डेटा फ़ोल्डर में रहती है, जिसे केवल उसका मालिक पढ़ सकता है।',
	'Reserved for Postgres. This version keeps everything in SQLite in the data folder and refuses to start with it.':
		'Postgres के लिए आरक्षित। यह संस्करण सब कुछ डेटा फ़ोल्डर के SQLite में रखता है और इसे देने पर शुरू नहीं होता।',
	'Base URL of links to media. Unset: where the runner listens.':
		'मीडिया के लिंक का मूल URL। न देने पर वही पता जिस पर runner सुनता है।',
	'Hosts that may be called by http, as webhooks or for media, separated by commas.':
		'वे host जिन्हें webhook और मीडिया के URL http से पुकार सकते हैं, अल्पविराम से अलग।',
	'Hosts that may be called, as webhooks or for media, although their address is private or loopback, separated by commas.':
		'वे host जिन्हें webhook और मीडिया के URL निजी या loopback पता होने पर भी पुकार सकते हैं, अल्पविराम से अलग।',
	'Seconds to wait before each attempt of a delivery, separated by commas; the first is 0.':
		'डिलीवरी के हर प्रयास से पहले कितने सेकंड रुकना है, अल्पविराम से अलग; पहला 0 है।',
	'Days after which a message expires; decimals are allowed.':
		'कितने दिन बाद संदेश हट जाता है; दशमलव भी चलेगा।',
	'Largest media file that is sent or downloaded, in MB.':
		'सबसे बड़ी मीडिया फ़ाइल जो भेजी या डाउनलोड की जाती है, MB में।',
	'Disk space for media files in MB. When it is used up the oldest received ones are deleted.':
		'मीडिया फ़ाइलों के लिए डिस्क की जगह, MB में। भर जाने पर सबसे पुरानी प्राप्त फ़ाइलें मिटा दी जाती हैं।',
	'How many messages an instance may send in a minute, after ten at once; 0 for no limit. An instance can have its own pace.':
		'एक instance एक मिनट में कितने संदेश भेज सकता है, पहले दस एक साथ जाने के बाद; 0 यानी कोई सीमा नहीं। instance की अपनी गति भी हो सकती है।',
	'Proxy through which WhatsApp is reached: its connection and the files of its hosts, nothing else. An http://, https:// or socks5:// URL, with user:password@ where it wants them. An instance can have one of its own.':
		'वह proxy जिससे होकर WhatsApp तक पहुँचा जाता है: उसका कनेक्शन और उसके host की फ़ाइलें, और कुछ नहीं। http://, https:// या socks5:// URL, ज़रूरत हो तो user:password@ के साथ। instance का अपना proxy भी हो सकता है।',
	'Key that protects what is stored: at least 32 random characters, such as those of openssl rand -hex 32. Unset: one is made and kept in the data folder; embedded in n8n, it is derived from n8n’s encryption key.':
		'सहेजी गई चीज़ों की रक्षा करने वाली कुंजी: कम से कम 32 बेतरतीब अक्षर, जैसे openssl rand -hex 32 देता है। न देने पर अपने-आप बनती है और डेटा फ़ोल्डर में रहती है; n8n के भीतर चलने पर n8n की encryption key से बनती है।',
	'A file that holds that key, in place of AWW_ENCRYPTION_KEY.':
		'AWW_ENCRYPTION_KEY की जगह: वह फ़ाइल जिसमें यह कुंजी है।',
	'For the first start with another encryption key: the one used until then, or several with spaces between. A key is not changed without it.':
		'encryption key बदलने के बाद पहली बार शुरू करने के लिए: तब तक इस्तेमाल हुई कुंजी, या कई कुंजियाँ, बीच में space के साथ। इसके बिना कुंजी नहीं बदलती।',
	'Set by n8n when it starts the runner: the file of the certificate with which n8n serves TLS itself. It is believed on loopback, whatever name it is for.':
		'n8n रनर को शुरू करते समय देता है: उस प्रमाणपत्र की फ़ाइल जिससे n8n ख़ुद TLS देता है। loopback पर उस पर भरोसा किया जाता है, चाहे वह किसी भी नाम का हो।',
	'Set by n8n when it starts the runner: the hosts of n8n’s own webhook addresses. Its triggers may be called there although they are private.':
		'n8n रनर को शुरू करते समय देता है: n8n के अपने webhook पतों के host। पता निजी हो तब भी उसके trigger वहाँ पुकारे जा सकते हैं।',
	'Set by n8n when it starts the runner: the key derived from n8n’s encryption key. A data folder with a key of its own goes on with that.':
		'n8n रनर को शुरू करते समय देता है: n8n की encryption key से बनी कुंजी। जिस डेटा फ़ोल्डर की अपनी कुंजी है, वह उसी से चलता रहता है।',
	'One of trace, debug, info, warn, error, fatal, silent. The log goes to stderr.':
		'trace, debug, info, warn, error, fatal, silent में से एक। लॉग stderr पर जाता है।',
	'For simulators only, and only while AWW_HOST is loopback: a ws:// URL in place of WhatsApp’s own.':
		'केवल simulator के लिए, और केवल तब जब AWW_HOST loopback हो: WhatsApp के पते की जगह कोई ws:// URL।',
	'For the commands export and import only: the passphrase of the backup. Unset: it is asked for.':
		'केवल export और import आदेशों के लिए: बैकअप का passphrase। न देने पर पूछा जाता है।',
	'For simulators only: the public key that signs the simulator’s certificate, in hex.':
		'केवल simulator के लिए: simulator के प्रमाणपत्र पर हस्ताक्षर करने वाली public key, hex में।',
	'As n8n has it: true lets the four lists below count for webhooks and media as well. Private addresses are refused in any case.':
		'जैसा n8n में: true होने पर नीचे की चार सूचियाँ webhook और मीडिया पर भी लागू होती हैं। निजी पते हर हाल में मना हैं।',
	'As n8n has it: further address ranges that are not called, separated by commas; `default` adds nothing, its ranges are always refused.':
		'जैसा n8n में: और किन पता-सीमाओं को नहीं पुकारना है, अल्पविराम से अलग; `default` से कुछ नहीं जुड़ता, उसकी सीमाएँ हमेशा मना हैं।',
	'As n8n has it: address ranges that may be called although they are private or blocked, separated by commas.':
		'जैसा n8n में: वे पता-सीमाएँ जिन्हें निजी या मना होने पर भी पुकार सकते हैं, अल्पविराम से अलग।',
	'As n8n has it: hosts that are not called, separated by commas; `*.example.com` for all below it.':
		'जैसा n8n में: वे host जिन्हें नहीं पुकारना है, अल्पविराम से अलग; `*.example.com` यानी उसके नीचे के सभी।',
	'As n8n has it: hosts that may be called wherever their names lead, separated by commas.':
		'जैसा n8n में: वे host जिन्हें पुकार सकते हैं, उनका नाम चाहे जिस पते पर ले जाए, अल्पविराम से अलग।',
	'1 when n8n starts the runner: it shares the machine with its parent and ends with it.':
		'1, जब n8n runner को शुरू करता है: वह n8n की ही मशीन पर चलता है और उसके साथ बंद होता है।',
};

/** The Hindi of a text of the tables; what has no translation yet stays in English. */
export function toHindi(text: string): string {
	return HINDI[text] ?? text;
}
