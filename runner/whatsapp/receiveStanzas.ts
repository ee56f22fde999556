import type { BinaryNode, GroupMetadata, WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../Clock';
import type { BaileysLog } from './BaileysLog';
import { captureEvents, toReadContext, type CaptureOptions } from './captureEvents';
import type { ConnectionListener, Staged } from './ConnectionListener';
import { captureGroupChanges } from './groups/captureGroupChanges';
import { InboundStanzas, type CurrentStanza } from './InboundStanzas';
import type { Identities } from './incoming/Identities';
import { toUnreadMessage } from './incoming/toUnreadMessage';
import { RetryDesk, type RetryRefusal } from './retries/RetryDesk';
import type { TurnQueue } from './TurnQueue';

interface ReceiveOptions {
	sock: WASocket;
	turns: TurnQueue;
	log: BaileysLog;
	listener: ConnectionListener;
	identities: Identities;
	clock: Clock;
	stage: (staged: Staged) => void;
	groupOf: (jid: string) => Promise<Pick<GroupMetadata, 'participants'>>;
	learnName: (groupId: string) => Promise<void>;
	isOver: () => boolean;
	takeNotification: (node: BinaryNode) => Promise<boolean>;
	/** A message was not sent again to whoever asked for it. */
	onRetryRefused: (reason: RetryRefusal) => void;
	onCredentials: () => void;
	capturePeople: CaptureOptions['capturePeople'];
	onUndecryptable: () => void;
	/** What is staged must not be kept: a message was read, and is not among it. */
	discard: () => void;
	/** Ends the connection without a further frame when it throws. */
	failClosed: (capture: () => void) => void;
}

/** Everything WhatsApp hands over, from the stanza to its rows: in turns, each once, none in silence. */
export function receiveStanzas(options: ReceiveOptions): void {
	const { sock, stage, listener, failClosed } = options;
	const retries = new RetryDesk({ ...options, onRefused: options.onRetryRefused });
	const inbound = new InboundStanzas({
		...options,
		captureGroupChanges: (node) => captureGroupChanges(options, node),
		takeReceipt: (node) => retries.take(node),
		onPassedOver: (node, stanza) => failClosed(() => stagePassedOver(options, node, stanza)),
	});
	captureEvents({
		...options,
		sock,
		stage,
		listener,
		current: () => inbound.current,
		underway: () => inbound.underway,
	});
}

/** What was not dealt with because the connection has ended is delivered again on the next one. */
function stagePassedOver(options: ReceiveOptions, node: BinaryNode, stanza: CurrentStanza): void {
	const { key, isHidden } = stanza;
	const { sock, stage, listener, onUndecryptable } = options;
	const { me } = sock.authState.creds;
	if (options.isOver()) return options.discard();
	if (!me || isHidden || node.attrs.category === 'peer') return;
	const message = toUnreadMessage(node, key, me, toReadContext(options, key, stanza));
	if (!message.details.viewOnce) onUndecryptable();
	stage(listener.onMessage(message));
}
