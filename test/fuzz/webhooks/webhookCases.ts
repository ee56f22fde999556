import fc from 'fast-check';
import { EVENT_NAMES, MESSAGE_TYPES } from '../../../contract';
import { toReceived } from '../../nodes/ApiWhatsAppWebTrigger/bodies';
import { anyBytes, damaged } from '../arbitraries/bytes';
import { oddKey, oddValue, toJsonText } from '../arbitraries/oddValues';

/** How a call tries to look genuine. */
export type Disguise =
	| 'signed'
	/** Over other bytes than those that are sent. */
	| 'changedAfterwards'
	| 'wrongSecret'
	| 'tooOld'
	| 'oddHeaders'
	| 'unsigned';

export interface WebhookCase {
	/** One character per byte, so that a case can be read. */
	readonly bytes: string;
	readonly contentType: string;
	readonly disguise: Disguise;
	readonly id: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, unknown>>;
	/** For the hosted service: the right token, another one or none. */
	readonly token: 'right' | 'wrong' | 'none' | 'list';
}

const FIELDS = [...Object.keys(toReceived()), 'messageSent', 'status', 'event', 'poll', 'location'];

/** What a runner delivers, but for some fields. */
const nearlyEvent = fc
	.tuple(
		fc.constantFrom<string[]>(...EVENT_NAMES),
		fc.constantFrom(...MESSAGE_TYPES),
		fc.array(
			fc.tuple(fc.oneof(fc.constantFrom(...FIELDS), oddKey), fc.option(oddValue, { freq: 8 })),
			{
				maxLength: 4,
			},
		),
	)
	.map(([event, type, changes]) => {
		const entries = new Map<string, unknown>(Object.entries({ ...toReceived(), event, type }));
		for (const [name, value] of changes) {
			if (value === null) entries.delete(name);
			else entries.set(name, value);
		}
		return Buffer.from(toJsonText(Object.fromEntries(entries)));
	});

const bytes = fc
	.oneof(
		{ weight: 6, arbitrary: nearlyEvent },
		{ weight: 2, arbitrary: oddValue.map((value) => Buffer.from(toJsonText(value))) },
		{ weight: 2, arbitrary: damaged(nearlyEvent) },
		{ weight: 1, arbitrary: anyBytes },
		{
			weight: 1,
			arbitrary: fc
				.constantFrom('event=received&messageId=1', '', '{}')
				.map((text) => Buffer.from(text)),
		},
	)
	.map((buffer) => buffer.toString('latin1'));

const oddText = fc.oneof(
	fc.string({ maxLength: 60 }),
	fc.constantFrom(
		'v1,',
		'v1,AAAA',
		'v1a,x',
		'-1',
		'1e12',
		'99999999999999',
		'0',
		'NaN',
		'__proto__',
	),
);

const query = fc.dictionary(
	fc.constantFrom('event', 'token', 'settings', '__proto__', 'x'),
	fc.oneof<[fc.Arbitrary<unknown>, fc.Arbitrary<unknown>, fc.Arbitrary<unknown>]>(
		fc.constantFrom(...EVENT_NAMES),
		oddText,
		fc.constantFrom<unknown[]>(['sent'], { a: 'b' }, ['sent', 'received']),
	),
	{ maxKeys: 2, noNullPrototype: true },
);

const headers = fc.dictionary(
	fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'webhook-seq', 'x'),
	oddText,
	{ maxKeys: 3, noNullPrototype: true },
);

/** Any bytes, in any disguise. */
export const webhookCases: fc.Arbitrary<WebhookCase> = fc.record({
	bytes,
	contentType: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('application/json') },
		fc.constantFrom(
			'text/plain',
			'',
			'application/x-www-form-urlencoded',
			'application/json; x=1',
			'a/b',
		),
	),
	disguise: fc.oneof(
		{ weight: 5, arbitrary: fc.constant<Disguise>('signed') },
		{
			weight: 5,
			arbitrary: fc.constantFrom<Disguise[]>(
				...(['changedAfterwards', 'wrongSecret', 'tooOld', 'oddHeaders', 'unsigned'] as const),
			),
		},
	),
	id: fc.oneof(
		fc.uuid(),
		fc.string({ maxLength: 40 }),
		fc.constantFrom('', '__proto__', '.', 'a.b'),
	),
	headers,
	query,
	token: fc.constantFrom('right', 'wrong', 'none', 'list'),
});
