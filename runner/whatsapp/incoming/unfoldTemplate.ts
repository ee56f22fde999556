import type { proto } from '@whiskeysockets/baileys';

/** What stands above the text of a message with buttons. */
type Header = Pick<
	proto.IMessage,
	'imageMessage' | 'videoMessage' | 'documentMessage' | 'locationMessage'
>;

/**
 * Messages with buttons, lists and templates of businesses as the text or file one reads on the phone;
 * the buttons cannot be pressed from here. Undefined for every other message.
 */
export function unfoldTemplate(content: proto.IMessage): proto.IMessage | undefined {
	const { buttonsMessage, listMessage, interactiveMessage } = content;
	if (buttonsMessage) {
		const { text, contentText, footerText, contextInfo } = buttonsMessage;
		return toContent(buttonsMessage, [text, contentText, footerText], contextInfo);
	}
	if (listMessage) {
		const { title, description, footerText, contextInfo } = listMessage;
		return toContent({}, [title, description, footerText], contextInfo);
	}
	if (interactiveMessage) return unfoldInteractive(interactiveMessage);
	const template = content.templateMessage ?? content.highlyStructuredMessage?.hydratedHsm;
	if (template) return unfoldBusinessTemplate(template);
	return undefined;
}

function unfoldBusinessTemplate(
	template: proto.Message.ITemplateMessage,
): proto.IMessage | undefined {
	const { contextInfo, interactiveMessageTemplate } = template;
	const rows = template.hydratedTemplate ?? template.hydratedFourRowTemplate;
	if (rows) {
		const { hydratedTitleText, hydratedContentText, hydratedFooterText } = rows;
		const lines = [hydratedTitleText, hydratedContentText, hydratedFooterText];
		return toContent(rows, lines, contextInfo);
	}
	if (template.fourRowTemplate) return toContent(template.fourRowTemplate, [], contextInfo);
	return interactiveMessageTemplate ? unfoldInteractive(interactiveMessageTemplate) : undefined;
}

function unfoldInteractive({
	header,
	body,
	footer,
	contextInfo,
}: proto.Message.IInteractiveMessage): proto.IMessage | undefined {
	return toContent(header ?? {}, [header?.title, body?.text, footer?.text], contextInfo);
}

/** Nothing when there is nothing to read: then it is reported under its own name. */
function toContent(
	header: Header,
	lines: ReadonlyArray<string | null | undefined>,
	contextInfo: proto.IContextInfo | null | undefined,
): proto.IMessage | undefined {
	const text = lines.filter(Boolean).join('\n');
	const shared = { contextInfo: contextInfo ?? null };
	const { imageMessage, videoMessage, documentMessage, locationMessage } = header;
	if (imageMessage) return { imageMessage: { ...imageMessage, ...shared, caption: text } };
	if (videoMessage) return { videoMessage: { ...videoMessage, ...shared, caption: text } };
	if (documentMessage) return { documentMessage: { ...documentMessage, ...shared, caption: text } };
	if (locationMessage) return { locationMessage: { ...locationMessage, ...shared, comment: text } };
	return text ? { extendedTextMessage: { ...shared, text } } : undefined;
}
