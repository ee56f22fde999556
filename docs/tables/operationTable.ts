import { RESOURCES } from '../../nodes/ApiWhatsAppWeb/actions/resources';
import { toMarkdownTable } from './toMarkdownTable';
import type { Translate } from './Translate';

/** What the action node can do, with the fields of each operation. */
export function toOperationTable(translate: Translate): string {
	const head = ['Resource', 'Operation', 'What it does', 'Fields'].map(translate);
	const rows = RESOURCES.flatMap((resource) =>
		resource.operations.map((operation) => [
			resource.name,
			`**${operation.name}**`,
			translate(operation.description),
			operation.properties
				.filter(({ type }) => type !== 'notice')
				.map(({ displayName }) => displayName)
				.join(', '),
		]),
	);
	return toMarkdownTable(head, rows);
}
