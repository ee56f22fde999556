import type { BinaryNode } from '@whiskeysockets/baileys';
import fc from 'fast-check';

const TAGS = [
	...['message', 'receipt', 'ack', 'notification', 'call', 'iq', 'ib', 'presence', 'chatstate'],
	...['success', 'xmlstreamend', 'stream:features', 'x', '', 'error'],
];

const CHILDREN = [
	...[
		'enc',
		'unavailable',
		'offer',
		'terminate',
		'reject',
		'add',
		'remove',
		'set',
		'delete',
		'list',
	],
	...[
		'item',
		'participant',
		'subject',
		'description',
		'body',
		'count',
		'identity',
		'encrypt',
		'rmr',
	],
	...['offline', 'offline_preview', 'dirty', 'edge_routing', 'routing_info', 'downgrade_webclient'],
	...[
		'create',
		'group',
		'ephemeral',
		'modify',
		'promote',
		'invite',
		'picture',
		'collection',
		'usync',
	],
	...[
		'pair-device',
		'pair-success',
		'device-identity',
		'ref',
		'link_code_companion_reg',
		'privacy',
	],
	...['companion_reg_refresh', 'error', 'retry', 'registration', 'user', 'tokens', 'token', 'biz'],
	...[
		'verified_name',
		'update',
		'live_updates',
		'result',
		'blocklist',
		'disappearing_mode',
		'device',
	],
	...[
		'key-index-list',
		'hash',
		'status',
		'media',
		'composing',
		'paused',
		'membership_approval_mode',
	],
];

const NAMES = [
	...[
		'id',
		'from',
		'to',
		'type',
		'class',
		'participant',
		't',
		'notify',
		'recipient',
		'offline',
		'edit',
	],
	...[
		'category',
		'error',
		'code',
		'count',
		'v',
		'jid',
		'lid',
		'name',
		'value',
		'addressing_mode',
		'xmlns',
	],
	...[
		'sender_pn',
		'sender_lid',
		'participant_pn',
		'participant_lid',
		'author',
		'call-id',
		'call-creator',
	],
	...[
		'phone_number',
		'group-jid',
		'reason',
		'action',
		'author_pn',
		'hash',
		'timestamp',
		'web',
		'stage',
	],
	...[
		'peer_recipient_pn',
		'server_id',
		'is_sender',
		'verified_name',
		'creation',
		'creator',
		's_t',
		'size',
	],
];

const TYPES = [
	...[
		'encrypt',
		'w:gp2',
		'mediaretry',
		'devices',
		'account_sync',
		'server_sync',
		'picture',
		'business',
	],
	...['link_code_companion_reg', 'privacy_token', 'newsletter', 'mex', 'status', 'psa', 'contacts'],
	...[
		'text',
		'media',
		'retry',
		'read',
		'played',
		'read-self',
		'sender',
		'server-error',
		'enc_rekey_retry',
	],
	...[
		'result',
		'error',
		'get',
		'set',
		'msg',
		'pkmsg',
		'skmsg',
		'msmsg',
		'inactive',
		'hist_sync',
		'peer_msg',
	],
];

/** Stands for the id of a message that the runner has sent. */
export const SENT_ID = 'the-sent-message';

const VALUES = [
	...[SENT_ID, SENT_ID, SENT_ID],
	...['15550002222@s.whatsapp.net', '900015550003333@lid', '15550001111@s.whatsapp.net'],
	...[
		'15550001111:1@s.whatsapp.net',
		'@s.whatsapp.net',
		's.whatsapp.net',
		'120363000000000000@g.us',
	],
	...[
		'status@broadcast',
		'1@broadcast',
		'1@newsletter',
		'@',
		'a@b@c',
		':@lid',
		'1:999999@s.whatsapp.net',
	],
	...['', '0', '-1', '1', '4294967296', '1e309', 'NaN', '99999999999999999999', '1784000000'],
	...['__proto__', 'constructor', 'toString', 'true', 'image', 'all', '1_1:2@c.us', '１２３'],
];

const value = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...TYPES) },
	{ weight: 4, arbitrary: fc.constantFrom(...VALUES) },
	{ weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
);

/** Attributes of stanzas, known ones and others, with values of all kinds. */
export const attributes: fc.Arbitrary<Record<string, string>> = fc.dictionary(
	fc.oneof(
		{ weight: 9, arbitrary: fc.constantFrom(...NAMES) },
		{ weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
	),
	value,
	{ maxKeys: 7, noNullPrototype: true },
);

const content: fc.Arbitrary<BinaryNode['content']> = fc.oneof(
	fc.constant(undefined),
	fc.uint8Array({ maxLength: 60 }),
	value,
);

const leaf: fc.Arbitrary<BinaryNode> = fc
	.record({ tag: fc.constantFrom(...CHILDREN), attrs: attributes, content })
	.map(toNode);

const child: fc.Arbitrary<BinaryNode> = fc
	.record({
		tag: fc.constantFrom(...CHILDREN),
		attrs: attributes,
		content: fc.oneof(content, fc.array(leaf, { maxLength: 4 })),
	})
	.map(toNode);

/**
 * Stanzas of nonsense. What tells a client to stop (`<stream:error>`, `<failure>`) is left out: it is
 * obeyed, and has tests of its own.
 */
export const nodes: fc.Arbitrary<BinaryNode> = fc
	.record({
		tag: fc.constantFrom(...TAGS),
		attrs: fc.tuple(attributes, fc.option(fc.constantFrom(...TYPES), { freq: 4 })),
		content: fc.oneof(
			{ weight: 1, arbitrary: content },
			{ weight: 4, arbitrary: fc.array(child, { maxLength: 4 }) },
		),
	})
	.map(({ tag, attrs: [attrs, type], content: given }) =>
		toNode({ tag, attrs: type === null ? attrs : { ...attrs, type }, content: given }),
	);

function toNode({ tag, attrs, content: given }: BinaryNode): BinaryNode {
	return given === undefined ? { tag, attrs } : { tag, attrs, content: given };
}
