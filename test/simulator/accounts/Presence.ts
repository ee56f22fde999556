import type { BinaryNode } from '@whiskeysockets/baileys';
import { childrenOf } from '../stanzas/element';
import { Notifier } from '../waiting/Notifier';
import { waitUntil } from '../waiting/waitUntil';
import type { WaitOptions } from './LinkedDevice';

/** What a `<chatstate>` says: `composing`, `recording` or `paused`. */
export function toChatState(node: BinaryNode): string {
	const [child] = childrenOf(node);
	return child?.attrs.media === 'audio' ? 'recording' : (child?.tag ?? 'unknown');
}

/** What a client says about being there and typing. */
export class Presence {
	/** `available`, `unavailable`, or undefined before the first. */
	current: string | undefined;
	/** The chat states the client sent: `composing`, `recording`, `paused`. */
	readonly chatStates: Array<{ to: string; state: string }> = [];
	private readonly changed = new Notifier();

	/** Takes a `<presence>` or `<chatstate>` of the client. */
	record(node: BinaryNode): void {
		const { to, type } = node.attrs;
		if (node.tag === 'chatstate') {
			this.chatStates.push({ to: to ?? '', state: toChatState(node) });
		} else if (type !== 'subscribe') {
			this.current = type ?? this.current;
		}
		this.changed.notify();
	}

	/** Resolves with the first chat state that was sent to that JID. */
	chatState(to: string, state: string, { timeoutMs }: WaitOptions = {}): Promise<{ to: string }> {
		return waitUntil({
			on: this.changed,
			look: () => this.chatStates.find((seen) => seen.to === to && seen.state === state),
			describe: () => `${state} to ${to}; seen: ${JSON.stringify(this.chatStates)}`,
			timeoutMs,
		});
	}
}
