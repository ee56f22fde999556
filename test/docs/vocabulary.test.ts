import { MESSAGE_TYPES, ROUTES, SENT_TEXTS, type RouteName } from '../../contract';
import { EVERYTHING_ELSE } from '../../docs/tables/vocabulary/everythingElse';
import { KINDS } from '../../docs/tables/vocabulary/kinds';
import { RESOURCES } from '../../nodes/ApiWhatsAppWeb/actions/resources';
import { properties } from '../../nodes/ApiWhatsAppWebTrigger/properties';
import { readDocument } from './readDocument';

const routes = [...KINDS, ...EVERYTHING_ELSE].flatMap((row) => row.routes);
const proofs = [
	...KINDS.flatMap(({ sentTest, receivedTest }) => [sentTest ?? [], receivedTest ?? []].flat()),
	...EVERYTHING_ELSE.map(({ test }) => test),
];

/** Calls about the runner and its webhooks rather than about WhatsApp. */
const OF_THE_RUNNER =
	/^\/(api\/(instances|subscriptions|deliveries|config\/secret|handover)|livez|readyz|metrics|openapi)/;

test('every kind that can be sent stands in the table, with the test that shows it', () => {
	const sent = KINDS.filter(({ sends }) => sends);
	expect(sent.map(({ sends }) => sends).sort()).toEqual(Object.keys(SENT_TEXTS).sort());
	expect(sent.filter((row) => !row.sentTest || row.routes.length === 0)).toEqual([]);
});

test('every type that can arrive stands in the table, with the test that shows it', () => {
	const arriving = KINDS.filter(({ type }) => type);
	expect(arriving.map(({ type }) => type).sort()).toEqual([...MESSAGE_TYPES].sort());
	expect(arriving.filter(({ receivedTest }) => !receivedTest)).toEqual([]);
});

test('no row is without a test', () => {
	expect(KINDS.filter((row) => !row.sentTest && !row.receivedTest)).toEqual([]);
});

test('every call about WhatsApp stands in the tables', () => {
	const missing = (Object.keys(ROUTES) as RouteName[]).filter(
		(name) => !OF_THE_RUNNER.test(ROUTES[name].path) && !routes.includes(name),
	);
	expect(missing).toEqual([]);
});

test('every operation of the node stands in the tables', () => {
	const missing = RESOURCES.flatMap(({ operations }) => operations).filter(
		({ route }) => !routes.includes(route),
	);
	expect(missing.map(({ name }) => name)).toEqual([]);
});

test('the options that are named exist', () => {
	const ofSending = RESOURCES.flatMap(({ operations }) => operations)
		.filter(({ name }) => name.startsWith('Send '))
		.flatMap(toOptionNames);
	const ofTrigger = toOptionNames({ properties });
	const named = (key: 'option' | 'triggerOption') => KINDS.flatMap((row) => row[key] ?? []);
	expect(named('option').filter((name) => !ofSending.includes(name))).toEqual([]);
	expect(named('triggerOption').filter((name) => !ofTrigger.includes(name))).toEqual([]);
});

test.each(proofs)('$file has the test "$title"', ({ file, title }) => {
	const source = readDocument(file);
	const declared = ["'", '"', '`'].map((quote) => quote + title + quote);
	expect(declared.filter((text) => source.includes(text))).toHaveLength(1);
});

function toOptionNames(operation: { properties: typeof properties }): string[] {
	return operation.properties
		.filter(({ type }) => type === 'collection')
		.flatMap(({ options = [] }) => options)
		.flatMap((option) => ('displayName' in option ? option.displayName : []));
}
