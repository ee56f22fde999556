import { proofsIn } from './proofsIn';
import type { KindRow } from './Row';

const origin = proofsIn('test/runner/sessions/origin.test.ts');

/** What is told of where a message came from and whom it means. */
export const ORIGIN: readonly KindRow[] = [
	{
		what: 'Advertisement that brought the sender',
		routes: [],
		told: '`advertisement`, `entryPoint`',
		receivedTest: origin('who came by an advertisement is told with it'),
	},
	{
		what: 'Answer to a status',
		routes: [],
		told: '`quoted.isStatus`, `quoted.type`',
		receivedTest: origin(
			'an answer to a status is told as one, and is none to a message of the same id',
		),
	},
	{
		what: 'Mention of this account, or of all',
		routes: [],
		told: '`mentionsMe`',
		receivedTest: origin('in a group of %s, being named is told from others being named'),
	},
	{
		what: 'Sender with a public name instead of a phone',
		routes: [],
		told: '`sender.username`',
		receivedTest: origin(
			'who has a public name instead of a phone is told with it, and can be answered',
		),
	},
];
