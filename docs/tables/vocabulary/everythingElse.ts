import { proofsIn } from './proofsIn';
import type { PlainRow } from './Row';

const people = proofsIn('test/runner/sessions/people.test.ts');
const groups = proofsIn('test/runner/sessions/groups.test.ts');
const lookup = proofsIn('test/runner/messages/MessageLookup.test.ts');
const linking = proofsIn('test/runner/sessions/linking.test.ts');
const urls = proofsIn('test/runner/webhooks/WebhookConfig.test.ts');

const MEMBERS = groups('members are added, made admins and removed, by number in a group of LIDs');
const INVITE = groups('an invite is shown, renewed, and leads into the group');
const PROFILE = people('the profile is changed: picture and about text');

/** What is looked up, people, groups, and the account itself. */
export const EVERYTHING_ELSE: readonly PlainRow[] = [
	{
		what: 'One message',
		routes: ['getMessage'],
		test: lookup('a message shows everything that is known of it'),
	},
	{
		what: 'Messages of a chat, type or time',
		routes: ['listMessages'],
		test: lookup(
			'lists are newest first, by chat, type, direction and time, and only of their instance',
		),
	},
	{
		what: 'Chats',
		routes: ['listChats'],
		test: people(
			'whoever writes has a chat and is a contact, and what is sent there counts as its last',
		),
	},
	{
		what: 'Contacts',
		routes: ['listContacts'],
		test: people('a history brings names, unread messages and times'),
	},
	{
		what: 'One contact: about, picture, business',
		routes: ['getContact'],
		test: people('a contact is shown as WhatsApp shows it, and asked for once in a while'),
	},
	{
		what: 'Whether a number is on WhatsApp',
		routes: ['checkNumber'],
		test: people('a number is looked up under the spelling WhatsApp has, once'),
	},
	{
		what: 'Groups',
		routes: ['listGroups', 'getGroup'],
		test: groups('they are listed, and shown with their members by both identities'),
	},
	{
		what: 'A new group',
		routes: ['createGroup'],
		test: groups('a group is made, with a word on each who was to be in it'),
	},
	{
		what: 'Subject, description, settings of a group',
		routes: ['updateGroup'],
		test: groups('subject, description and settings are changed, what is left out stays'),
	},
	{
		what: 'Picture of a group',
		routes: ['setGroupImage'],
		test: groups('the picture is what was given'),
	},
	{ what: 'Members of a group', routes: ['changeParticipants'], test: MEMBERS },
	{
		what: 'Invite link of a group, joining by it',
		routes: ['getInvite', 'renewInvite', 'joinGroup'],
		test: INVITE,
	},
	{
		what: 'Leaving a group',
		routes: ['leaveGroup'],
		test: groups('a group that was left is forgotten'),
	},
	{ what: 'Profile picture', routes: ['setImage'], test: PROFILE },
	{ what: 'About text', routes: ['setAbout'], test: PROFILE },
	{
		what: 'Automatic reading and other settings',
		routes: ['getAutomatic', 'setAutomatic'],
		test: people('where it is switched on, what comes is marked read by itself'),
	},
	{
		what: 'A proxy to WhatsApp',
		routes: ['createInstance', 'setAutomatic'],
		test: proofsIn('test/runner/sessions/proxy.test.ts')(
			'the runner’s own is used where the instance has none, and not where it has one',
		),
	},
	{
		what: 'Linking by QR code',
		routes: ['connect', 'getQr', 'getInstance'],
		test: linking('a scanned QR code links the phone, and receivers are told once'),
	},
	{
		what: 'Linking by pairing code',
		routes: ['pairingCode'],
		test: linking('a pairing code links the phone'),
	},
	{
		what: 'Linking an account with a passkey',
		routes: ['getPasskey', 'answerPasskey', 'confirmPasskey'],
		test: proofsIn('test/runner/sessions/passkey.test.ts')(
			'a pairing code of such an account ends in the same challenge, and its answer links',
		),
	},
	{
		what: 'Unlinking',
		routes: ['logout'],
		test: linking('logging out here unlinks the phone, and another can be linked'),
	},
	{
		what: 'Reconnecting',
		routes: ['restart'],
		test: proofsIn('test/runner/sessions/reconnecting.test.ts')(
			'replaced by another process again and again: it gives way and says so',
		),
	},
	{
		what: 'Webhook URLs',
		routes: ['getConfig', 'setWebhook'],
		test: urls('are all shown, set and cleared one by one'),
	},
	{
		what: 'A sample of an event',
		routes: ['testWebhook'],
		test: urls('a test of %s sends a signed sample, stored nowhere'),
	},
	{
		what: 'What became of the events, and a second chance for them',
		routes: ['listDeliveries', 'redeliver', 'redeliverMany'],
		test: proofsIn('test/runner/webhooks/Deliveries.test.ts')(
			'one that failed can be delivered again for thirty days, byte for byte, one by one and together',
		),
	},
];
