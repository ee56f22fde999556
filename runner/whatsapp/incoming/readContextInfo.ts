import type { proto } from '@whiskeysockets/baileys';
import type { ContentKind } from './contentKind';

/** What a message says of its surroundings: what it quotes, whom it names, whether it was forwarded. */
export function readContextInfo(
	content: proto.IMessage,
	kind: ContentKind | undefined,
): proto.IContextInfo | undefined {
	const part: unknown = kind ? content[kind] : undefined;
	if (typeof part !== 'object' || part === null || !('contextInfo' in part)) return undefined;
	return (part.contextInfo as proto.IContextInfo | null) ?? undefined;
}

export function isForwarded(contextInfo: proto.IContextInfo | undefined): boolean {
	return contextInfo?.isForwarded === true || (contextInfo?.forwardingScore ?? 0) > 0;
}
