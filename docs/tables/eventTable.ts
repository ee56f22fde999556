import { EVENT_NAMES } from '../../contract';
import { eventField } from '../../nodes/ApiWhatsAppWeb/actions/eventField';
import { toMarkdownTable } from './toMarkdownTable';
import type { Translate } from './Translate';

/** The five events: in the node, on the wire, and when each happens. */
export function toEventTable(translate: Translate): string {
	const head = ['Event', 'On the wire', 'When'].map(translate);
	const rows = EVENT_NAMES.map((event) => {
		const option = eventField.options?.find((one) => 'value' in one && one.value === event);
		if (!option || !('value' in option)) throw new Error(`The node does not offer ${event}`);
		return [`**${option.name}**`, `\`${event}\``, translate(option.description ?? '')];
	});
	return toMarkdownTable(head, rows);
}
