import { proto } from '@whiskeysockets/baileys';

const { ListResponseMessage, ButtonsResponseMessage } = proto.Message;

/** What was pressed or chosen. */
export interface Choice {
	readonly id: string;
	/** What stood on it. */
	readonly text: string;
	readonly description?: string | undefined;
}

/** A pressed button. */
export const toButtonReply = ({ id, text }: Choice): proto.IMessage => ({
	buttonsResponseMessage: {
		selectedButtonId: id,
		selectedDisplayText: text,
		type: ButtonsResponseMessage.Type.DISPLAY_TEXT,
	},
});

/** A pressed button of a template. */
export const toTemplateReply = ({ id, text }: Choice, index = 0): proto.IMessage => ({
	templateButtonReplyMessage: { selectedId: id, selectedDisplayText: text, selectedIndex: index },
});

/** A chosen row of a list. */
export const toListReply = ({ id, text, description }: Choice): proto.IMessage => ({
	listResponseMessage: {
		title: text,
		description,
		listType: ListResponseMessage.ListType.SINGLE_SELECT,
		singleSelectReply: { selectedRowId: id },
	},
});

/** A pressed button of the newest kind: what was chosen stands in JSON. */
export const toInteractiveReply = ({ id, text }: Choice, name = 'quick_reply'): proto.IMessage => ({
	interactiveResponseMessage: {
		body: { text },
		nativeFlowResponseMessage: { name, paramsJson: JSON.stringify({ id }), version: 3 },
	},
});
