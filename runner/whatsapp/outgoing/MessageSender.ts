import {
	isJidGroup,
	jidNormalizedUser,
	proto,
	type GroupMetadata,
	type GroupParticipant,
	type WASocket,
} from '@whiskeysockets/baileys';
import type { Clock } from '../../Clock';
import { DamagedFileError } from '../../media/sealed/DamagedFileError';
import type { SealedFile } from '../../media/sealed/SealedFile';
import type { Departure } from '../../messages/Departure';
import type { Outgoing } from '../../messages/Outgoing';
import { toRoster, type Roster } from '../../messages/Roster';
import type { WhatsAppProxy } from '../../proxy/WhatsAppProxy';
import type { Statement } from '../../storage/Statement';
import type { BaileysLog } from '../BaileysLog';
import { isConnectionEnd } from '../closeReason';
import { namesOf, type Identities } from '../incoming/Identities';
import { uploadMedia } from '../media/uploadMedia';
import { askNumbers } from '../people/askNumbers';
import type { NumberAnswer } from '../../people/RecipientDirectory';
import { MissingFileError, NoAnswerError, NotSendableError } from '../NotSendableError';
import { QUERY_TIMEOUT_MS } from '../openSocket';
import { TurnDroppedError, type TurnQueue } from '../TurnQueue';
import { addUploadedMedia } from './addUploadedMedia';
import { nameAsAddressed } from './nameAsAddressed';
import { hasMentions, namePeople } from './namePeople';
import type { RecipientFacts } from './RecipientFacts';
import { toStanzaExtras } from './toStanzaExtras';
import { withTimer } from './withTimer';

interface MessageSenderOptions {
	sock: WASocket;
	turns: TurnQueue;
	log: Pick<BaileysLog, 'begin'>;
	/** Adds rows to the next commit; `committed` is called once they are on disk. */
	stage: (rows: readonly Statement[], committed: () => void) => void;
	isOver: () => boolean;
	clock: Clock;
	/** A file of the store. */
	fileOf: (sha256: string) => SealedFile | undefined;
	/** Who is in a group, and by which names. */
	groupOf: (jid: string) => Promise<Pick<GroupMetadata, 'participants' | 'ephemeralDuration'>>;
	recipients: Pick<RecipientFacts, 'timerOf' | 'addresses'>;
	identities: Pick<Identities, 'phoneOfLid' | 'lidOfPhone'>;
	/** What files are uploaded through; direct when undefined. */
	proxy: WhatsAppProxy | undefined;
}

/** Sends messages over one connection, each in a turn of its own; files are uploaded before. */
export class MessageSender {
	/** Groups whose members get our key once more on this connection. */
	private readonly renewed = new Set<string>();

	/** Made once for each answer of WhatsApp: groups have thousands of members. */
	private readonly rosters = new WeakMap<object, Roster>();

	constructor(private readonly options: MessageSenderOptions) {}

	/**
	 * Uploads the file of a message that has one, names people as the group does and gives it the timer of
	 * its chat; the message as it can be sent, itself when it is so already. Rejects with MissingFileError, MediaTooLargeError,
	 * MediaHostError, or TurnDroppedError when the connection has ended.
	 */
	async complete(message: Outgoing): Promise<Outgoing> {
		return await this.addTimer(await this.namePeople(await this.upload(message)));
	}

	private async addTimer(message: Outgoing): Promise<Outgoing> {
		const content = withTimer(message.content, await this.timerOf(message.jid));
		return content === message.content ? message : { ...message, content };
	}

	private async timerOf(jid: string): Promise<number> {
		if (!isJidGroup(jid)) return this.options.recipients.timerOf(jid);
		// Without an answer the message is worth more than its timer.
		const group = await this.options.groupOf(jid).catch(() => undefined);
		return group?.ephemeralDuration ?? 0;
	}

	private async upload(message: Outgoing): Promise<Outgoing> {
		const { upload, content } = message;
		if (!upload) return message;
		const { sock, fileOf, proxy } = this.options;
		const file = fileOf(upload.sha256);
		if (!file) throw new MissingFileError();
		try {
			const uploaded = await uploadMedia(sock, { file, kind: upload.kind, proxy });
			return { ...message, upload: null, content: addUploadedMedia(content, uploaded) };
		} catch (error) {
			if (error instanceof DamagedFileError) throw new MissingFileError();
			if (this.options.isOver() || isConnectionEnd(error)) throw new TurnDroppedError();
			throw error;
		}
	}

	private async namePeople(message: Outgoing): Promise<Outgoing> {
		const { jid, content } = message;
		if (!isJidGroup(jid) || !hasMentions(content)) return message;
		// Names are worth less than the message: if the group cannot be asked for, they stay as they are.
		const group = await this.options.groupOf(jid).catch(() => undefined);
		const named = group ? namePeople(content, group.participants) : content;
		return named === content ? message : { ...message, content: named };
	}

	/** Shows "typing…" or "recording…" for that long. Never rejects: it is only for show. */
	async showTyping(
		jid: string,
		state: 'composing' | 'recording',
		durationMs: number,
	): Promise<void> {
		const { sock, clock, recipients } = this.options;
		const address = recipients.addresses.of(jid);
		const show = (shown: typeof state | 'paused') =>
			sock.sendPresenceUpdate(shown, address).catch(() => undefined);
		await show(state);
		await new Promise<void>((resolve) => clock.setTimer(resolve, durationMs));
		await show('paused');
	}

	/** Asks which of these numbers are on WhatsApp; undefined when it does not answer. */
	askNumbers(phones: string[]): Promise<NumberAnswer[] | undefined> {
		return askNumbers(this.options.sock, phones);
	}

	/**
	 * The rows are committed before the message leaves. Resolves when Baileys has written it, which is
	 * not yet WhatsApp's acceptance. Rejects with NotSendableError when nobody can receive it, with
	 * NoAnswerError when WhatsApp left that open, with TurnDroppedError when the connection has ended.
	 */
	async send(message: Outgoing, departure: Departure): Promise<void> {
		const { sock, turns, stage, clock, log } = this.options;
		await turns.take('send', async () => {
			const beganAt = clock.now();
			try {
				const { address, content } = this.addressed(message);
				await this.assertReachable(address);
				const rows = departure.rows(await this.rosterOf(message.jid));
				if (!rows) return;
				stage(rows, () => departure.committed());
				const { messageId } = message;
				if (departure.mayHaveLeft) await this.renewGroupKey(address);
				log.begin();
				const extras = toStanzaExtras(content, address);
				await sock.relayMessage(address, content, { messageId, ...extras });
			} catch (error) {
				throw this.toVerdict(error, clock.now() - beganAt);
			}
		});
	}

	/** Its chat under the name it is written to by now, and the message as it speaks of that chat. */
	private addressed(message: Outgoing): { address: string; content: proto.IMessage } {
		const { recipients, identities, sock } = this.options;
		const { jid, refusedName } = message;
		const address = recipients.addresses.ofMessage(jid, refusedName);
		const content = proto.Message.decode(message.content);
		const names = namesOf(jid, identities);
		nameAsAddressed(content, { address, names }, sock.authState.creds.me);
		return { address, content };
	}

	/** Who a group message goes to: Baileys encrypts it for the same answer of WhatsApp. */
	private async rosterOf(jid: string): Promise<Roster | undefined> {
		if (!isJidGroup(jid)) return undefined;
		const group = await this.options.groupOf(jid);
		const roster = this.rosters.get(group) ?? toRoster(group.participants.flatMap(toNames));
		this.rosters.set(group, roster);
		return roster;
	}

	/**
	 * Baileys writes down that the members of a group have got our key for it when the message with the key
	 * is written to the socket. If that was lost with its connection, whoever waits for the key could read
	 * none that follow: so the first one that is sent again brings the key again.
	 */
	private async renewGroupKey(jid: string): Promise<void> {
		if (!isJidGroup(jid) || this.renewed.has(jid)) return;
		this.renewed.add(jid);
		await this.options.sock.authState.keys.set({ 'sender-key-memory': { [jid]: null } });
	}

	/**
	 * Baileys takes a query without answer for a recipient without devices, sends to the own phone alone,
	 * and WhatsApp accepts that. The devices are cached, so the send does not ask again.
	 */
	private async assertReachable(jid: string): Promise<void> {
		if (isJidGroup(jid)) return;
		const devices = await this.options.sock.getUSyncDevices([jid], true, false);
		if (devices.length === 0) throw new NotSendableError();
	}

	/** Baileys goes on after queries that failed, and ends with an error that names something else. */
	private toVerdict(error: unknown, waitedMs: number): Error {
		if (this.options.isOver() || isConnectionEnd(error)) return new TurnDroppedError();
		return waitedMs >= QUERY_TIMEOUT_MS ? new NoAnswerError() : new NotSendableError();
	}
}

/** Every JID a member goes by. */
function toNames({ id, lid, phoneNumber }: GroupParticipant): string[] {
	const names = [id, lid, phoneNumber].filter((name) => name !== undefined && name !== '');
	return names.map((name) => jidNormalizedUser(name));
}
