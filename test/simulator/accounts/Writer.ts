import { proto } from '@whiskeysockets/baileys';
import { addContext } from '../contents/addContext';
import { toAlbum, toAlbumChild } from '../contents/albums';
import { readPoll, toPoll, toPollVote } from '../contents/polls';
import { toSealedEdit, toSealedReaction, type SealingFrame } from '../contents/sealed';
import { toViewOnce, toDocumentWithCaption } from '../contents/wrappers';
import { findMedia } from '../media/findMedia';
import type { MediaKind } from '../media/mediaCrypto';
import { toVerifiedName, type Business } from '../profiles/Business';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import { Group } from './Group';
import {
	toEditContent,
	toReactionContent,
	toReference,
	toRevokeContent,
	toStanzaType,
	toTextContent,
	type MessageReference,
	type ReferenceFrame,
} from './messageContents';
import { createMessageId } from './messageIds';
import { Phone } from './Phone';
import { Reader } from './Reader';
import type { SendOptions } from './SendOptions';
import { toStanzaChildren } from './toStanzaChildren';

/** A file of an album. */
export interface AlbumFile {
	readonly kind: 'image' | 'video';
	readonly file: Buffer;
	readonly fields?: Record<string, unknown> | undefined;
}

/** Someone who writes to account owners and in groups. Every send resolves with the message's id when it is queued at the server. */
export abstract class Writer extends Reader {
	/** Whether its messages come from its number or from its hidden identity. */
	abstract readonly addressing: 'pn' | 'lid';
	abstract readonly business: Business | undefined;
	abstract readonly username: string | undefined;

	/** The JID its messages come from. */
	get jid(): string {
		return this.addressing === 'lid' ? this.lid : this.pn;
	}

	/** Sends a text. */
	sendText(target: Phone | Group, text: string, options: SendOptions = {}): Promise<string> {
		return this.sendMessage(target, toTextContent(text, options.linkPreview), options);
	}

	/** Sends any message to every linked client. `contents/` builds many kinds. */
	async sendMessage(
		target: Phone | Group,
		content: proto.IMessage,
		options: SendOptions = {},
	): Promise<string> {
		const id = options.id ?? createMessageId();
		const devices = target instanceof Phone ? target.devices : target.devices();
		if (devices.length === 0) {
			throw new Error(`${this.pn} cannot send: no client is linked to the receiving phone`);
		}
		const message = addContext(content, this.toContext(target, options));
		const group = target instanceof Group ? target : undefined;
		const attributes = {
			...this.originIn(group),
			t: options.timestamp ?? nowSeconds(),
			type: options.type ?? toStanzaType(message),
			edit: options.edit,
			...options.attributes,
		};
		const children = [
			...(this.business ? [toVerifiedName(this.business)] : []),
			...toStanzaChildren(message),
		];
		await this.sender.send({ id, message, group, attributes, children }, [...devices]);
		return id;
	}

	/** Uploads a file and sends it, with what else the message says (`caption`, `mimetype`, `ptt`, …). */
	sendMedia(
		target: Phone | Group,
		kind: MediaKind,
		file: Buffer,
		fields: Record<string, unknown> = {},
		options: SendOptions = {},
	): Promise<string> {
		return this.sendMessage(target, this.toMedia(kind, file, fields), options);
	}

	/** The path on the media host of the file it sent in that message, for `simulator.media`. */
	pathOf(id: string): string {
		const message = this.findMessage(id);
		if (!message) throw new Error(`${this.pn} knows no message ${id}`);
		return findMedia(message).directPath;
	}

	/** Sends a voice message. */
	sendVoice(
		target: Phone | Group,
		file: Buffer,
		seconds = 1,
		options?: SendOptions,
	): Promise<string> {
		const waveform = Buffer.alloc(64, 50);
		const fields = { ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds, waveform };
		return this.sendMedia(target, 'audio', file, fields, options);
	}

	/** Sends an image, video or voice message that can be seen once. */
	sendViewOnce(
		target: Phone | Group,
		kind: 'image' | 'video' | 'audio',
		file: Buffer,
		fields: Record<string, unknown> = {},
	): Promise<string> {
		return this.sendMessage(target, toViewOnce(this.toMedia(kind, file, fields)));
	}

	/** A view-once message that the phone keeps to itself: clients are told only that there is one. */
	sendViewOnceNotice(
		target: Phone,
		type: 'view_once' | 'view_once_unavailable_fanout' = 'view_once',
	): string {
		const id = createMessageId();
		const attributes = { id, ...this.originIn(undefined), t: nowSeconds(), type: 'media' };
		for (const device of target.devices) {
			device.deliver(element('message', attributes, [element('unavailable', { type })]));
		}
		return id;
	}

	/** Sends a document with a caption, wrapped as phones do. */
	sendDocumentWithCaption(
		target: Phone | Group,
		file: Buffer,
		fields: { caption: string; fileName: string; mimetype?: string },
	): Promise<string> {
		const document = this.context.media.upload(file, 'document');
		return this.sendMessage(target, toDocumentWithCaption({ ...document, ...fields }));
	}

	/** Sends an album and its files; resolves with the ids of both. */
	async sendAlbum(
		target: Phone | Group,
		files: readonly AlbumFile[],
		{ wrapped }: { wrapped?: boolean } = {},
	): Promise<{ id: string; children: string[] }> {
		const images = files.filter(({ kind }) => kind === 'image').length;
		const id = await this.sendMessage(target, toAlbum(images, files.length - images));
		const { chatJid: remoteJid } = this.frameOf(target);
		const children: string[] = [];
		for (const [index, { kind, file, fields }] of files.entries()) {
			const parent = { remoteJid, fromMe: true, id };
			const child = toAlbumChild(this.toMedia(kind, file, fields), parent, index, { wrapped });
			children.push(await this.sendMessage(target, child));
		}
		return { id, children };
	}

	/** Sends a poll. */
	sendPoll(
		target: Phone | Group,
		question: string,
		options: readonly string[],
		selectableCount?: number,
	): Promise<string> {
		return this.sendMessage(target, toPoll(question, options, selectableCount));
	}

	/** Votes in a poll it received or sent; no options take the vote back. */
	votePoll(target: Phone | Group, pollId: string, options: readonly string[]): Promise<string> {
		const own = this.sender.find(pollId);
		const message = own ?? this.findMessage(pollId);
		const secret = message?.messageContextInfo?.messageSecret;
		if (!message || !readPoll(message) || !secret) throw new Error(`${pollId} is no known poll`);
		const frame = this.frameOf(target);
		const pollAuthorJid = own ? frame.selfJid : frame.ownerJid;
		const key = toReference({ id: pollId, authorJid: pollAuthorJid }, frame);
		const voteFrame = { pollId, pollAuthorJid, voterJid: frame.selfJid, secret };
		return this.sendMessage(target, toPollVote(key, options, voteFrame));
	}

	/** Answers a message. */
	reply(target: Phone | Group, to: MessageReference, text: string): Promise<string> {
		return this.sendText(target, text, { quoted: to });
	}

	/** Reacts to a message of either side; "" takes the reaction back. */
	react(target: Phone | Group, to: MessageReference, emoji: string): Promise<string> {
		return this.sendMessage(target, toReactionContent(to, emoji, this.frameOf(target)));
	}

	/** Changes the text of an own message. */
	edit(target: Phone | Group, id: string, text: string): Promise<string> {
		return this.sendMessage(target, toEditContent(id, text, this.frameOf(target)), { edit: 1 });
	}

	/** Changes an own message that was sent with a secret (`withSecret`), as phones do since May 2026. */
	editSealed(target: Phone | Group, id: string, text: string): Promise<string> {
		const frame = this.frameOf(target);
		const key = toReference({ id, authorJid: frame.selfJid }, frame);
		const sealing = this.toSealing(target, id);
		return this.sendMessage(target, toSealedEdit(key, { conversation: text }, sealing), {
			edit: 1,
		});
	}

	/** Reacts to a message that has a secret, as phones do in announcement groups. */
	reactSealed(target: Phone | Group, to: MessageReference, emoji: string): Promise<string> {
		const key = toReference(to, this.frameOf(target));
		return this.sendMessage(target, toSealedReaction(key, emoji, this.toSealing(target, to.id)));
	}

	/** Deletes an own message for everyone. */
	revoke(target: Phone | Group, id: string): Promise<string> {
		return this.sendMessage(target, toRevokeContent(id, this.frameOf(target)), { edit: 7 });
	}

	/** Deletes, as an admin of the group, a message of somebody else. */
	revokeAsAdmin(group: Group, message: MessageReference): Promise<string> {
		const key = toReference(message, this.frameOf(group));
		const type = proto.Message.ProtocolMessage.Type.REVOKE;
		return this.sendMessage(group, { protocolMessage: { key, type } }, { edit: 8 });
	}

	private toSealing(target: Phone | Group, messageId: string): SealingFrame {
		const own = this.sender.find(messageId);
		const secret = (own ?? this.findMessage(messageId))?.messageContextInfo?.messageSecret;
		if (!secret) throw new Error(`${messageId} has no secret to seal with`);
		const { selfJid: senderJid, ownerJid } = this.frameOf(target);
		return { messageId, authorJid: own ? senderJid : ownerJid, senderJid, secret };
	}

	/** How this contact names chats and people when it refers to messages. */
	protected frameOf(target: Phone | Group): ReferenceFrame {
		if (target instanceof Group) {
			const owner = target.participants.find((person) => person instanceof Phone);
			const ownerJid = owner ? target.jidOf(owner) : '';
			return { chatJid: target.jid, ownerJid, selfJid: target.jidOf(this), isGroup: true };
		}
		const ownerJid = this.addressing === 'lid' ? target.lid : target.pn;
		return { chatJid: ownerJid, ownerJid, selfJid: this.jid, isGroup: false };
	}

	private toMedia(kind: MediaKind, file: Buffer, fields: Record<string, unknown> = {}) {
		return { [`${kind}Message`]: { ...this.context.media.upload(file, kind), ...fields } };
	}

	private toContext(target: Phone | Group, options: SendOptions): proto.IContextInfo {
		const { quoted, mentions, forwarded, ephemeralSeconds } = options;
		const name = ({ pn, lid }: { pn: string; lid: string }): string =>
			target instanceof Group && target.addressing === 'lid' ? lid : pn;
		return {
			...(quoted && {
				stanzaId: quoted.id,
				participant: quoted.authorJid ?? this.frameOf(target).ownerJid,
				quotedMessage: quoted.message ?? { conversation: '' },
			}),
			...(mentions && { mentionedJid: mentions.map(name) }),
			...(forwarded && { isForwarded: true, forwardingScore: Number(forwarded) }),
			...(ephemeralSeconds && { expiration: ephemeralSeconds }),
		};
	}

	private originIn(group: Group | undefined): Record<string, string | undefined> {
		const { name: notify, username } = this;
		if (group) return { ...group.originOf(this), participant_username: username, notify };
		const common = { sender_username: username, notify };
		if (this.addressing === 'pn') return { from: this.pn, sender_lid: this.lid, ...common };
		return { from: this.lid, sender_pn: this.hidesNumber ? undefined : this.pn, ...common };
	}
}
