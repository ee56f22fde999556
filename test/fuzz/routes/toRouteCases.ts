import fc from 'fast-check';
import { ROUTES, type RouteName } from '../../../contract';
import { anyBytes } from '../arbitraries/bytes';
import { oddKey, oddValue, toJsonText } from '../arbitraries/oddValues';
import { toArbitrary, type Schema } from '../arbitraries/toArbitrary';
import { toForm } from './forms';
import { fileBytes, HINTS } from './hints';
import type { Operation } from './OpenApi';
import type { RouteCase } from './RouteCase';

type Headers = Record<string, string>;

/** Where an instance would be lost to the cases that follow, another is used that can be done without. */
const ENDS_AN_INSTANCE: readonly RouteName[] = [
	...(['connect', 'getQr', 'pairingCode', 'restart', 'logout'] as const),
];

const OTHER_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
	messageId: ['@@text@@', '@@image@@', '@@sent@@', '@@inGroup@@', '@@image@@'],
	number: ['15550002222', '@@lid@@', '15550009999', '%2B15550002222'],
	groupId: ['@@group@@', '@@group@@', '120363000000000000@g.us'],
	event: ['sent', 'received', 'status', 'disconnected', 'connected'],
	instanceId: ['@@linked@@', '@@spare@@'],
	sha256: ['@@sha@@', '0'.repeat(64)],
};

const IDS: Readonly<Record<string, string>> = {
	subscriptions: '@@subscription@@',
	deliveries: '@@delivery@@',
	instances: '@@spare@@',
};

const oddSegment = fc.oneof(
	fc.constantFrom(
		...['__proto__', 'constructor', '%00', '%2e%2e', '..%2f..%2f', '%F0%9F%98%80', '%', '%zz', '~'],
		...['%C0%AF', '%ff', '*', ';', 'a'.repeat(9_000), 'null', '-1', '1e9', "'", '%27', '@', ':id'],
	),
	fc.string({ maxLength: 20, unit: 'grapheme' }).map(toSegment),
);

const headerText = fc.stringMatching(/^[\x21-\x7e\xa1-\xff]{0,60}$/);

const headers: fc.Arbitrary<Headers> = fc.oneof(
	{ weight: 8, arbitrary: fc.constant<Headers>({}) },
	{
		weight: 3,
		arbitrary: fc.dictionary(
			fc.constantFrom(
				...['idempotency-key', 'accept', 'range', 'if-none-match', 'if-range', 'x-forwarded-for'],
				...['content-encoding', 'cookie', 'origin', 'referer', 'te', 'upgrade-insecure-requests'],
			),
			fc.oneof(headerText, fc.constantFrom('image/png', 'bytes=0-1', 'bytes=-', 'gzip', '*/*', '')),
			{ maxKeys: 2, noNullPrototype: true },
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Headers[]>(
			{ apiKey: 'Bearer @@key@@' },
			{ apiKey: '@@key@@', id: '@@linked@@' },
			{ apiKey: '' },
			{ id: '' },
			{ id: '__proto__' },
			{ id: '@@spare@@' },
			{ apiKey: 'Bearer' },
		),
	},
);

/** Every kind of call to every route, by and against the API's own document. */
export function toRouteCases(
	operations: Readonly<Record<RouteName, Operation>>,
): fc.Arbitrary<RouteCase> {
	const names = Object.keys(ROUTES) as RouteName[];
	return fc.oneof(
		...names.map((name) => ({
			// What reaches others matters most, and has the most to get wrong.
			weight: name.startsWith('send') ? 3 : 1,
			arbitrary: toCase(name, operations[name]),
		})),
	);
}

function toCase(route: RouteName, operation: Operation): fc.Arbitrary<RouteCase> {
	const { method, path } = ROUTES[route];
	const usual = ENDS_AN_INSTANCE.includes(route) || path.startsWith('/api/instances');
	const id = usual ? '@@spare@@' : '@@linked@@';
	return fc
		.record({
			method: fc.oneof(
				{ weight: 30, arbitrary: fc.constant<string>(method) },
				{ weight: 1, arbitrary: fc.constantFrom(...OTHER_METHODS) },
			),
			path: toPath(path),
			query: toQuery(operation.query),
			headers,
			content: toContent(route, operation),
		})
		.map(({ content, ...rest }) => ({
			route,
			method: rest.method,
			path: rest.path + rest.query,
			headers: {
				apiKey: '@@adminKey@@',
				id,
				...content.headers,
				...rest.headers,
				// Whatever else: what ends an instance ends the one that can be done without.
				...(usual ? { id } : {}),
			},
			body: content.body,
		}));
}

function toPath(path: string): fc.Arbitrary<string> {
	const parts = path.split('/').map((part, index, all) => {
		if (!part.startsWith(':')) return fc.constant(part);
		const known = PARAMETERS[part.slice(1)] ?? [IDS[all[index - 1] ?? ''] ?? 'x'];
		return fc.oneof(
			{ weight: 4, arbitrary: fc.constantFrom(...known) },
			{ weight: 1, arbitrary: oddSegment },
		);
	});
	return fc.tuple(...parts).map((all) => all.join('/'));
}

function toQuery(schema: Schema): fc.Arbitrary<string> {
	const text = fc.oneof(
		fc.string({ maxLength: 20 }),
		fc.constantFrom('', '0', '-1', '1e9', '99999999999', 'NaN', 'a'.repeat(3_000), '\u0000'),
	);
	const sound = toArbitrary(schema, HINTS).map((given) =>
		Object.entries(given as object).map(([name, value]) => [name, String(value)] as const),
	);
	const odd = fc.array(
		fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(schema.properties ?? {}), 'x'), oddKey), text),
		{ maxLength: 3 },
	);
	return fc.oneof(
		{ weight: 2, arbitrary: fc.constant('') },
		{ weight: 3, arbitrary: sound.map(toSearch) },
		{ weight: 2, arbitrary: fc.tuple(sound, odd).map(([a, b]) => toSearch([...a, ...b])) },
		{
			weight: 1,
			arbitrary: fc.constantFrom('?', '?&&=', '?%', '?%zz=%', '?a[b]=c&a[]=1', '?limit'),
		},
	);
}

function toSearch(pairs: ReadonlyArray<readonly [string, string]>): string {
	// No call may wait for minutes because it asks for that.
	const search = pairs.filter(([name, value]) => name !== 'wait' || !(Number(value) > 1));
	if (search.length === 0) return '';
	return `?${search.map(([name, value]) => `${toSegment(name)}=${toSegment(value)}`).join('&')}`;
}

/** As in a URL; halves of characters cannot be, and our own names stay readable. */
function toSegment(text: string): string {
	return encodeURIComponent(text.toWellFormed()).replaceAll('%40%40', '@@');
}

interface Content {
	readonly headers: Headers;
	readonly body: RouteCase['body'];
}

function toContent(route: RouteName, operation: Operation): fc.Arbitrary<Content> {
	const { body: schema } = operation;
	if (!schema) {
		return fc.oneof(
			{ weight: 9, arbitrary: fc.constant<Content>({ headers: {}, body: undefined }) },
			{ weight: 1, arbitrary: toJson(oddValue) },
		);
	}
	const sound = toArbitrary(schema, HINTS);
	const contents = [
		{ weight: 6, arbitrary: toJson(sound) },
		{ weight: 5, arbitrary: toJson(spoilt(sound, schema)) },
		{ weight: 1, arbitrary: toJson(oddValue) },
		{ weight: 1, arbitrary: toGarbage() },
	];
	if (!operation.takesForms) return fc.oneof(...contents);
	const form = toForm({ fields: sound, fileBytes, fileField: toFileField(route) });
	return fc.oneof(...contents, { weight: 6, arbitrary: form });
}

function toFileField(route: RouteName): string {
	return route.startsWith('send') ? route.slice('send'.length).toLowerCase() : 'image';
}

function toJson(value: fc.Arbitrary<unknown>): fc.Arbitrary<Content> {
	return value.map((given) => ({
		headers: { 'content-type': 'application/json' },
		body: toJsonText(given),
	}));
}

function toGarbage(): fc.Arbitrary<Content> {
	const type = fc.oneof(
		fc.constantFrom(
			...[
				'application/json',
				'application/json; charset=utf-16',
				'text/plain',
				'multipart/form-data',
			],
			...[
				'application/x-www-form-urlencoded',
				'multipart/form-data; boundary=',
				'application/json;;',
			],
		),
		headerText,
	);
	const body = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 100 }).map((text) => [text]),
		anyBytes.map((bytes) => [bytes]),
		fc.constantFrom(
			[''],
			['{'],
			['[1,'],
			['{"number":'],
			['"'],
			['x'.repeat(1_100_000)],
			['\ufeff{}'],
		),
	);
	return fc.tuple(type, body).map(([contentType, given]) => ({
		headers: { 'content-type': contentType },
		body: given,
	}));
}

/** Something that fits, but for one or two fields. */
function spoilt(sound: fc.Arbitrary<unknown>, schema: Schema): fc.Arbitrary<unknown> {
	const names = Object.keys(schema.properties ?? {});
	const key = names.length > 0 ? fc.oneof(fc.constantFrom(...names), oddKey) : oddKey;
	const change = fc.tuple(key, fc.option(oddValue, { freq: 6 }));
	return fc
		.tuple(sound, fc.array(change, { minLength: 1, maxLength: 2 }))
		.map(([value, changes]) => {
			const entries = new Map(Object.entries(value ?? {}));
			for (const [name, odd] of changes) {
				if (odd === null) entries.delete(name);
				else entries.set(name, odd);
			}
			// `fromEntries` defines what an assignment would take for a prototype.
			return Object.fromEntries(entries);
		});
}
