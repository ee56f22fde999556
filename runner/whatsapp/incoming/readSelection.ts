import type { proto } from '@whiskeysockets/baileys';
import type { SelectionDetails } from '../../../contract';
import { TEXT_LIMITS } from '../../limits/limits';
import type { Clipper } from './Clipper';

/** What was chosen among buttons or of a list. */
export function readSelection(
	content: proto.IMessage,
	clipper: Clipper,
): SelectionDetails | undefined {
	const selection = findSelection(content);
	return (
		selection && {
			id: clipper.textOrNull(selection.id, 'reference'),
			title: clipper.textOrNull(selection.title, 'text'),
		}
	);
}

/** The same in full length. */
export function findSelection(content: proto.IMessage): SelectionDetails | undefined {
	const {
		buttonsResponseMessage: button,
		templateButtonReplyMessage: template,
		listResponseMessage: list,
		interactiveResponseMessage: interactive,
	} = content;
	if (button) return toSelection(button.selectedButtonId, button.selectedDisplayText);
	if (template) return toSelection(template.selectedId, template.selectedDisplayText);
	if (list) return toSelection(list.singleSelectReply?.selectedRowId, list.title);
	if (!interactive) return undefined;
	const { id, title } = readParameters(interactive.nativeFlowResponseMessage?.paramsJson);
	return toSelection(id, interactive.body?.text || title);
}

function toSelection(
	id: string | null | undefined,
	title: string | null | undefined,
): SelectionDetails {
	return { id: id || null, title: title || null };
}

/** What the button itself says, as JSON in a text of the other side's making. */
function readParameters(json: string | null | undefined): { id?: string; title?: string } {
	let fields: unknown;
	try {
		fields = JSON.parse((json ?? '').length > TEXT_LIMITS.text ? '{}' : json || '{}');
	} catch {
		return {};
	}
	if (typeof fields !== 'object' || fields === null) return {};
	const { id, title } = fields as Record<string, unknown>;
	return {
		...(typeof id === 'string' ? { id } : {}),
		...(typeof title === 'string' ? { title } : {}),
	};
}
