import { ROUTES, type RouteName } from '../../contract';
import { RESOURCES } from '../../nodes/ApiWhatsAppWeb/actions/resources';
import { toMarkdownTable } from './toMarkdownTable';
import { EVERYTHING_ELSE } from './vocabulary/everythingElse';
import { KINDS } from './vocabulary/kinds';
import type { KindRow, Proof } from './vocabulary/Row';

/** Each kind of message: the call, the operation, how it arrives, and the tests that show both ways. */
export function toKindTable(): string {
	const head = ['Kind', 'API', 'Node', 'Arrives as', 'Sent: test', 'Received: test'];
	const rows = KINDS.map((row) => [
		row.what,
		toCalls(row),
		toNodeCell(row),
		[row.type ? `\`${row.type}\`` : '', row.told ?? ''].filter(Boolean).join('; '),
		toLink(row.sentTest),
		toLink(row.receivedTest),
	]);
	return toMarkdownTable(head, rows);
}

/** The same for what is looked up and changed. */
export function toDeedTable(): string {
	const rows = EVERYTHING_ELSE.map((row) => [
		row.what,
		toCalls(row),
		toOperations(row.routes),
		toLink(row.test),
	]);
	return toMarkdownTable(['What', 'API', 'Node', 'Test'], rows);
}

function toCalls({ routes, field }: Pick<KindRow, 'routes' | 'field'>): string {
	const calls = routes.map((name) => `\`${ROUTES[name].method} ${ROUTES[name].path}\``).join(', ');
	if (!field) return calls;
	return `\`${field}\` of ${calls || 'every call that sends'}`;
}

function toNodeCell({ routes, option, triggerOption }: KindRow): string {
	return [
		option ? `option **${option}**` : toOperations(routes),
		triggerOption ? `trigger: **${triggerOption}**` : '',
	]
		.filter(Boolean)
		.join('; ');
}

function toOperations(routes: readonly RouteName[]): string {
	return RESOURCES.flatMap((resource) =>
		resource.operations
			.filter(({ route }) => routes.includes(route))
			.map(({ name }) => `${resource.name} → **${name}**`),
	).join(', ');
}

function toLink(proof: Proof | undefined): string {
	return proof ? `[${proof.title.replaceAll('%s', '…')}](../${proof.file})` : '';
}
