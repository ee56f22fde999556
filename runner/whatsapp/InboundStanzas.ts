import type { BinaryNode, GroupMetadata, WASocket } from '@whiskeysockets/baileys';
import type { JournalKey } from '../messages/JournalKey';
import type { BaileysLog } from './BaileysLog';
import type { ConnectionListener, Staged } from './ConnectionListener';
import { isGroupAdmin } from './groups/isGroupAdmin';
import { isHiddenStanza } from './incoming/isHiddenStanza';
import { isOwnAffair } from './isOwnAffair';
import { toJournalKey } from './stanzaKey';
import type { TurnQueue } from './TurnQueue';

const STANZAS = ['CB:message', 'CB:receipt', 'CB:notification', 'CB:call'] as const;

/** `<message edit>` of a deletion of what somebody else wrote. */
const ADMIN_REVOKE = '8';

/** The message stanza whose turn it is. */
export interface CurrentStanza {
	id: string;
	key: JournalKey;
	/** A protocol message whose effects are to be waited for. */
	hasEffects: boolean;
	/** It was kept by the server while this device was offline. */
	isLate: boolean;
	/** The public name of who sent it: Baileys leaves it out of direct chats. */
	username: string | undefined;
	/** Nobody would miss it, should it not be readable. */
	isHidden: boolean;
	/** It says that an admin of its group has sent it, and WhatsApp lists the sender as one. */
	isByAdmin: boolean;
	/** Baileys has told of it, if only that it could not be decrypted and was asked for again. */
	isCaptured: boolean;
	/** The message is staged: what Baileys still does with it need not hold up the next stanza. */
	finish: () => void;
}

interface InboundOptions {
	sock: WASocket;
	turns: TurnQueue;
	log: Pick<BaileysLog, 'begin'>;
	listener: Pick<ConnectionListener, 'hasJournalled' | 'onProtocolDone'>;
	stage: (staged: Staged) => void;
	/** Handles a notification in Baileys' place; false leaves it to Baileys. */
	takeNotification: (node: BinaryNode) => Promise<boolean>;
	/** Stages what a notification says of a group. */
	captureGroupChanges: (node: BinaryNode) => Promise<void>;
	/** Answers a receipt in Baileys' place; false leaves it to Baileys. */
	takeReceipt: (node: BinaryNode) => Promise<boolean>;
	/** Who is in a group. */
	groupOf: (jid: string) => Promise<Pick<GroupMetadata, 'participants'>>;
	/** Waits for what a group is called, should nobody know; never for long. */
	learnName: (groupId: string) => Promise<void>;
	/** The connection has ended: what is not receipted comes again on the next one. */
	isOver: () => boolean;
	/** Baileys has dealt with a message for good and told nobody: it will not be delivered again. */
	onPassedOver: (node: BinaryNode, stanza: CurrentStanza) => void;
}

/**
 * Puts Baileys' stanza handlers behind turns, and recognises redelivered messages before they are
 * decrypted: their ratchet has moved on, so Baileys would answer with a refusal and the sender would
 * never see a second tick. The `offline` mark is kept here and taken off the stanza: live messages
 * would otherwise overtake Baileys' own queue for offline ones.
 */
export class InboundStanzas {
	current: CurrentStanza | undefined;
	/** Attributes of the stanza whose turn it is, of whatever kind. */
	underway: BinaryNode['attrs'] | undefined;

	constructor(private readonly options: InboundOptions) {
		const { ws } = options.sock;
		for (const event of STANZAS) {
			const handlers = ws.listeners(event) as Array<(node: BinaryNode) => Promise<void>>;
			ws.removeAllListeners(event);
			ws.on(event, (node: BinaryNode) => {
				options.turns
					.take('stanza', () => this.handle(event, node, handlers))
					// The connection has ended: what has no receipt is delivered again on the next one.
					.catch(() => undefined);
			});
		}
	}

	private async handle(
		event: (typeof STANZAS)[number],
		node: BinaryNode,
		handlers: Array<(node: BinaryNode) => Promise<void>>,
	): Promise<void> {
		// Its receipt could not leave, and Baileys would drop the message after it has read it.
		if (this.options.isOver()) return;
		this.underway = node.attrs;
		this.options.log.begin();
		await this.pass(event, node, handlers).finally(() => (this.underway = undefined));
	}

	private async pass(
		event: (typeof STANZAS)[number],
		received: BinaryNode,
		handlers: Array<(node: BinaryNode) => Promise<void>>,
	): Promise<void> {
		const node = this.withoutPretence(event, received);
		const me = this.options.sock.authState.creds.me;
		if (event === 'CB:notification') {
			if (me && !isOwnAffair(node, me)) return await this.options.sock.sendMessageAck(node);
			if (await this.options.takeNotification(node)) return;
			if (me) await this.options.captureGroupChanges(node);
			// Its acknowledgement could not leave any more: it comes again.
			if (this.options.isOver()) return;
		}
		if (event === 'CB:receipt' && (await this.options.takeReceipt(node))) return;
		const key = event === 'CB:message' && me ? toJournalKey(node.attrs, me) : undefined;
		if (key && this.options.listener.hasJournalled(key)) return await this.receiptAgain(node, key);
		const { offline, ...attrs } = node.attrs;
		const run = () => Promise.all(handlers.map((handler) => handler({ ...node, attrs })));
		if (!key) return void (await run());
		if (key.chat.endsWith('@g.us')) await this.options.learnName(key.chat);
		const isByAdmin = await this.isByAdmin(node);
		// Its receipt could not leave any more: it comes again.
		if (this.options.isOver()) return;
		await new Promise<void>((finish) => {
			const isLate = offline !== undefined;
			const stanza = {
				id: key.messageId,
				key,
				isLate,
				username: key.isFromMe ? undefined : readUsername(attrs),
				isHidden: isHiddenStanza(node),
				isByAdmin,
				isCaptured: false,
				hasEffects: false,
				finish,
			};
			this.current = stanza;
			void run()
				.then(() => {
					if (!stanza.isCaptured) this.options.onPassedOver(node, stanza);
					if (stanza.hasEffects) this.options.stage(this.options.listener.onProtocolDone(key));
				})
				.finally(finish);
		});
		this.current = undefined;
	}

	/** Who cannot be asked for is taken for no admin, as phones do not act on what they cannot check. */
	private async isByAdmin({ attrs }: BinaryNode): Promise<boolean> {
		const { from, edit } = attrs;
		if (edit !== ADMIN_REVOKE || !from?.endsWith('@g.us')) return false;
		const group = await this.options.groupOf(from).catch(() => undefined);
		return group !== undefined && isGroupAdmin(group, attrs);
	}

	/**
	 * Only devices of this account say things to it that are no messages. Of another's message that claims
	 * to be of that kind, Baileys would neither tell nor ask again when it cannot read it.
	 */
	private withoutPretence(event: (typeof STANZAS)[number], node: BinaryNode): BinaryNode {
		const { category, ...attrs } = node.attrs;
		const { me } = this.options.sock.authState.creds;
		if (event !== 'CB:message' || category !== 'peer' || !me) return node;
		return toJournalKey(attrs, me)?.isFromMe ? node : { ...node, attrs };
	}

	/** The receipt was committed but may not have left: without it the server would redeliver for ever. */
	private async receiptAgain(node: BinaryNode, key: JournalKey): Promise<void> {
		const { sock } = this.options;
		const { from, participant, recipient, category, id } = node.attrs;
		if (!from || !id) return;
		if (from.endsWith('@newsletter')) return await sock.sendMessageAck(node);
		if (category === 'peer') return await sock.sendReceipt(from, undefined, [id], 'peer_msg');
		if (key.isFromMe) {
			return await sock.sendReceipt(recipient ?? from, participant ?? from, [id], 'sender');
		}
		await sock.sendReceipt(from, participant, [id], 'inactive');
	}
}

function readUsername(attrs: BinaryNode['attrs']): string | undefined {
	return attrs.participant_username ?? attrs.sender_username;
}
