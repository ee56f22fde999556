import { proofsIn } from './proofsIn';
import type { KindRow } from './Row';

const people = proofsIn('test/runner/sessions/people.test.ts');
const chatKeys = proofsIn('test/runner/sessions/chatKeys.test.ts');

/** What a conversation has besides its messages. */
export const CHATS: readonly KindRow[] = [
	{
		what: 'Disappearing messages, followed by what is sent',
		routes: ['listChats', 'updateChat'],
		told: '`disappearingSeconds` of chats',
		sentTest: people(
			'the timer of a chat is set from here: the other side has it, and the next message carries it, over a restart',
		),
		receivedTest: people(
			'what is sent to a chat whose messages disappear does so too, files as well, over a restart',
		),
	},
	{
		what: 'One conversation, by phone or by LID',
		routes: [],
		told: '`chat.key`',
		receivedTest: chatKeys(
			'stays when the phone of a LID becomes known: of what comes, of what is sent, of its status, in lists',
		),
	},
];
