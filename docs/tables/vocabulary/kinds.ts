import { CHATS } from './chats';
import { ORIGIN } from './origin';
import { proofsIn } from './proofsIn';
import type { KindRow } from './Row';

const kinds = proofsIn('test/runner/sessions/sending/kinds.test.ts');
const messages = proofsIn('test/runner/sessions/messages.test.ts');
const receiving = proofsIn('test/runner/sessions/receiving.test.ts');
const people = proofsIn('test/runner/sessions/people.test.ts');
const rejectedCalls = proofsIn('test/runner/sessions/rejectedCalls.test.ts');
const previews = proofsIn('test/runner/sessions/sending/linkPreview.test.ts');
const groupChanges = proofsIn('test/runner/sessions/groupChanges.test.ts');
const wholeWay = proofsIn('test/nodes/ApiWhatsAppWeb/wholeWay.test.ts');
const addressing = proofsIn('test/runner/sessions/sending/addressing.test.ts');

const EVERY_KIND = receiving('kinds with and without a file, each told once as what it is');
const WHOLE_LIFE = wholeWay(
	'a text that is changed, reacted to, forwarded, replied to and deleted',
);

/** What can be sent and received in chats. */
export const KINDS: readonly KindRow[] = [
	{
		what: 'Text',
		sends: 'text',
		routes: ['sendText'],
		type: 'text',
		sentTest: messages(
			'a text reaches the contact decrypted, is accepted, and each step is told once',
		),
		receivedTest: messages('an incoming text is told with both identities of its sender'),
	},
	{
		what: 'Image',
		sends: 'image',
		routes: ['sendImage'],
		type: 'image',
		sentTest: kinds(
			'an image arrives whole, with a thumbnail and its size, and is told with its file',
		),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Video',
		sends: 'video',
		routes: ['sendVideo'],
		type: 'video',
		sentTest: kinds('a video arrives whole, as a loop when asked: %s'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'GIF that plays',
		routes: ['sendImage', 'sendVideo'],
		option: 'Play as GIF',
		sentTest: kinds(
			'a GIF that moves arrives as a video that plays as one, a still one as a picture',
		),
	},
	{
		what: 'Audio',
		sends: 'audio',
		routes: ['sendAudio'],
		type: 'audio',
		sentTest: kinds('an audio file arrives as it is, and is no voice note'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Voice note',
		sends: 'voice',
		routes: ['sendAudio'],
		field: 'voice',
		type: 'voice',
		sentTest: kinds('%s becomes a voice note: Ogg/Opus, a waveform, its duration'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Document',
		sends: 'document',
		routes: ['sendDocument'],
		type: 'document',
		sentTest: kinds('a document arrives with its name and the caption "%s"'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Sticker',
		sends: 'sticker',
		routes: ['sendSticker'],
		type: 'sticker',
		sentTest: kinds('a PNG becomes a sticker of WhatsApp’s size'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Location',
		sends: 'location',
		routes: ['sendLocation'],
		type: 'location',
		sentTest: kinds('a location arrives with its place and name'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Contact cards',
		sends: 'contact',
		routes: ['sendContact'],
		type: 'contact',
		sentTest: kinds('one contact card arrives as a card that offers a chat, several as a list'),
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Poll',
		sends: 'poll',
		routes: ['sendPoll'],
		type: 'poll',
		sentTest: kinds('a poll of %s choices arrives, and votes in it are read'),
		receivedTest: receiving('a vote in a poll of the other side is opened, in a group too'),
	},
	{
		what: 'Vote in a poll',
		routes: [],
		type: 'poll_vote',
		receivedTest: receiving('a vote is opened with the poll that was sent from here'),
	},
	{
		what: 'Reaction',
		sends: 'reaction',
		routes: ['sendReaction'],
		type: 'reaction',
		sentTest: kinds('are shown and taken back in a chat by %s'),
		receivedTest: receiving('a reaction is told, and is no reply'),
	},
	{
		what: 'Reply',
		routes: [],
		field: 'quotedMessageId',
		option: 'Reply to Message ID',
		told: '`quoted`, and the status `REPLIED`',
		sentTest: kinds('quote a text, and both sides see which'),
		receivedTest: receiving('mentions, forwarding and quotes are told'),
	},
	{
		what: 'Mentions',
		routes: [],
		field: 'mentions',
		option: 'Mentions',
		told: '`mentions`',
		sentTest: kinds('name people by LID in a group that does, in its text too'),
		receivedTest: receiving('mentions, forwarding and quotes are told'),
	},
	{
		what: 'Everybody in a group named',
		routes: [],
		field: 'mentions',
		option: 'Mention Everyone',
		sentTest: kinds('name everybody who is in a group when it leaves, by mark and by name (%s)'),
	},
	{
		what: 'View once',
		routes: ['sendImage', 'sendVideo', 'sendAudio'],
		field: 'viewOnce',
		option: 'View Once',
		told: '`viewOnce`',
		sentTest: kinds('a %s can be sent to be seen once'),
		receivedTest: receiving('what may be opened once is told even when WhatsApp withholds it'),
	},
	{
		what: 'Link preview',
		routes: ['sendText'],
		field: 'linkPreview',
		option: 'Link Preview',
		told: '`whatsappStatus.title`, `url`',
		sentTest: previews('shows the other side a preview of the page, when there is one'),
		receivedTest: previews(
			'is told with the title and the address of the page, when the other side sends one',
		),
	},
	{
		what: 'Forwarding',
		sends: 'forward',
		routes: ['forwardMessage'],
		told: '`forwarded`',
		sentTest: kinds(
			'marks what others wrote, more strongly each time, and leaves the quote behind',
		),
		receivedTest: receiving('mentions, forwarding and quotes are told'),
	},
	{
		what: 'Edit',
		sends: 'edit',
		routes: ['editMessage'],
		told: '`edited`, under the same `messageId`',
		sentTest: kinds('an edited text is told once more under its id, and the look-up shows it'),
		receivedTest: receiving(
			'an edit is told under the id of the message it changes, and stands in the look-up',
		),
	},
	{
		what: 'Deletion for everyone',
		sends: 'delete',
		routes: ['deleteMessage'],
		told: 'status `DELETED`',
		sentTest: kinds('an own message is deleted for everyone, and told as deleted once'),
		receivedTest: messages('a message the other side deletes is told as deleted'),
	},
	{
		what: 'Delivered, read, played',
		routes: ['markRead'],
		told: 'status `RECEIVED`, `READ`, `PLAYED`',
		sentTest: people('one message is marked read, then the rest of the chat'),
		receivedTest: receiving(
			"what a device's receipts say of a group is told per participant, played ones as played",
		),
	},
	{
		what: 'Typing and recording',
		routes: ['showTyping'],
		sentTest: people('typing is shown, and ends by itself'),
	},
	{
		what: 'Typing before a message',
		routes: [],
		field: 'typing',
		option: 'Show Typing',
		sentTest: WHOLE_LIFE,
	},
	{
		what: 'Choice of a button',
		routes: [],
		type: 'button_reply',
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Choice of a list',
		routes: [],
		type: 'list_reply',
		receivedTest: EVERY_KIND,
	},
	{
		what: 'Album',
		routes: [],
		type: 'album',
		receivedTest: receiving('an album and its parts belong together'),
	},
	{
		what: 'Call',
		routes: [],
		type: 'call',
		receivedTest: receiving('a call rings once and ends once'),
	},
	{
		what: 'Rejecting a call',
		routes: ['rejectCall'],
		sentTest: rejectedCalls('on demand: the caller (%s) hears no, and it is told once'),
	},
	{
		what: 'Rejecting calls by itself, with an answer',
		routes: ['setAutomatic'],
		field: 'rejectCalls',
		sentTest: rejectedCalls(
			'by itself, where it is switched on: the caller gets the answer once for each call',
		),
	},
	{
		what: 'What happens to groups: who comes, goes and changes rank, subject, description, picture, settings',
		routes: [],
		type: 'group_change',
		triggerOption: 'Only These Types',
		receivedTest: groupChanges('%s: told once, with who did it to whom'),
	},
	{
		what: 'Sealed edits, as phones of 2026 send them',
		routes: [],
		told: '`edited`',
		receivedTest: receiving(
			'an edit that is sealed with the secret of its message (sent by %s) is told as an edit, again and again',
		),
	},
	{
		what: 'Sealed reactions of announcement groups',
		routes: [],
		told: '`reaction`',
		receivedTest: receiving(
			'a sealed reaction, as in announcement groups, is told as the reaction it is',
		),
	},
	{
		what: 'Anything else',
		routes: [],
		type: 'unknown',
		receivedTest: receiving('what no retry can bring back is told as undecryptable, never dropped'),
	},
	{
		what: 'The file of a message',
		routes: ['getMedia', 'media'],
		triggerOption: 'Download Media',
		told: '`media`, `photo`, `video`',
		receivedTest: wholeWay(
			'a received file, which starts a workflow with it, and can be fetched again',
		),
	},
	...CHATS,
	...ORIGIN,
	{
		what: 'Messages in groups',
		routes: [],
		field: 'number',
		told: '`isGroup`, `chat`, `sender`',
		sentTest: messages(
			'a group message is told with the group as the address, and the answer reaches all',
		),
		receivedTest: messages(
			'a group message is told with the group as the address, and the answer reaches all',
		),
	},
	{
		what: 'People whom WhatsApp knows by LID, or by number, alone',
		routes: [],
		field: 'number',
		told: '`sender`',
		sentTest: addressing(
			'gets the message by LID, under the same id and once; the next ones go there at once, also after a restart',
		),
		receivedTest: messages(
			'a contact known by LID is named by its phone number, and can be answered there',
		),
	},
	{
		what: 'What the owner types on the phone',
		routes: ['setAutomatic'],
		field: 'ownMessages',
		triggerOption: 'Include Own Messages',
		told: '`fromMe`',
		receivedTest: messages('what the owner types on the phone is told as theirs'),
	},
	{
		what: 'What was missed offline',
		routes: [],
		told: '`late`',
		receivedTest: messages('what came while offline arrives once, in order, and is marked late'),
	},
];
