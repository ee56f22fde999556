import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';

const GREETING = 'CB:success';

/**
 * The server greets once per connection. Baileys takes the account's LID from every `<success>` and keeps
 * it for good: one that came in between, and names something else, would leave an account that never
 * sends again.
 */
export function greetOnce({ ws }: Pick<WASocket, 'ws'>): void {
	const listeners = ws.listeners(GREETING) as Array<(node: BinaryNode) => unknown>;
	ws.removeAllListeners(GREETING);
	ws.once(GREETING, (node: BinaryNode) => {
		for (const listener of listeners) listener(node);
	});
}
