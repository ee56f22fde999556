import type { BinaryNode } from '@whiskeysockets/baileys';

/** The JID of the server itself, with the empty user that Baileys compares with. */
export const SERVER_JID = '@s.whatsapp.net';

/**
 * Builds a binary node. Attributes are made strings, as the encoder silently drops everything else;
 * undefined ones are left out.
 */
export function element(
	tag: string,
	attributes: Record<string, string | number | undefined> = {},
	content?: BinaryNode['content'],
): BinaryNode {
	const attrs: Record<string, string> = {};
	for (const [name, value] of Object.entries(attributes)) {
		if (value !== undefined) attrs[name] = String(value);
	}
	return content === undefined ? { tag, attrs } : { tag, attrs, content };
}

/** A child that holds UTF-8 text as bytes (a string could be packed differently on the wire). */
export function textElement(tag: string, text: string): BinaryNode {
	return element(tag, {}, Buffer.from(text, 'utf8'));
}

/** The children of a node, or an empty list. */
export function childrenOf(node: BinaryNode | undefined): readonly BinaryNode[] {
	return Array.isArray(node?.content) ? node.content : [];
}

/** The first child with that tag. */
export function childOf(node: BinaryNode | undefined, tag: string): BinaryNode | undefined {
	return childrenOf(node).find((child) => child.tag === tag);
}

/** The bytes of a node; a content that was packed as a string counts as UTF-8. */
export function bytesOf(node: BinaryNode | undefined): Buffer | undefined {
	const content = node?.content;
	if (content === undefined || Array.isArray(content)) return undefined;
	return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
}

/** The bytes of a child that must be there; the error names the child. */
export function requireBytes(node: BinaryNode | undefined, tag: string): Buffer {
	const bytes = bytesOf(childOf(node, tag));
	if (!bytes) throw new Error(`<${node?.tag ?? 'nothing'}> lacks the child <${tag}> with bytes`);
	return bytes;
}

/** The reply that satisfies an iq. */
export function resultOf(request: BinaryNode, content?: BinaryNode[]): BinaryNode {
	return element('iq', { from: SERVER_JID, type: 'result', id: request.attrs.id }, content);
}

/** The reply that makes a query of the client reject. */
export function errorOf(request: BinaryNode, code: number, text: string): BinaryNode {
	return element('iq', { from: SERVER_JID, type: 'error', id: request.attrs.id }, [
		element('error', { code, text }),
	]);
}
