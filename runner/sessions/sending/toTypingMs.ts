import type { PreparedMessage } from '../../messages/Outgoing';

/** A quick typist, and how long anybody would watch "typing…". */
const MS_PER_CHARACTER = 50;
const MIN_MS = 1_000;
const MAX_MS = 12_000;

/** How long a person would take to write, or record, this message; within what a reader has patience for. */
export function toTypingMs({ type, text, details }: PreparedMessage): number {
	const seconds = details.media?.seconds ?? 0;
	const naturalMs = type === 'voice' ? seconds * 1_000 : text.length * MS_PER_CHARACTER;
	return Math.min(MAX_MS, Math.max(MIN_MS, naturalMs));
}
