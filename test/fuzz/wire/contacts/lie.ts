import { randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { contents } from '../../../simulator';
import { element } from '../../../simulator/stanzas/element';
import type { Scene } from './Scene';
import type { Lie } from './Step';
import type { Said, Story } from './Story';
import { toOwnProtocol } from './toOwnProtocol';

/** What Mallory says that others have said. */
export const INVENTED = 'fuzz-secret-text invented';

interface Telling {
	readonly scene: Scene;
	readonly story: Story;
	readonly step: Lie;
	/** What it is about. */
	readonly id: string;
	readonly said: Said | undefined;
	/** Where it is told. */
	readonly chat: string;
}

/** Mallory does what she should not, as far as WhatsApp's server lets anybody: nobody is from elsewhere. */
export async function lie(step: Lie, scene: Scene, story: Story): Promise<void> {
	const { mallory } = scene;
	const place = scene.reach(step.place);
	const chat = scene.chatOf(place, mallory);
	// As often of what stands where she speaks as of anything.
	const near = step.way % 2 ? story.pick(step.which, (one) => one.chat === chat) : undefined;
	const said = near ?? story.pick(step.which);
	const id = said?.id ?? story.laterIds[0] ?? 'A';
	await TELLERS[step.lie]({ scene, story, step: { ...step, place }, id, said, chat });
}

const targetOf = ({ scene, step }: Telling) => scene.groupOf(step.place) ?? scene.phone;

/** As she names who wrote what it is about; sometimes herself, sometimes the account. */
function keyOf({ said, id, scene, step }: Telling): proto.IMessageKey {
	const group = scene.groupOf(step.place);
	const authors = [said?.author?.pn, said?.author?.lid, scene.phone.pn, scene.mallory.pn];
	return {
		remoteJid: [group?.jid ?? scene.phone.pn, said?.chat][step.way % 2] ?? scene.phone.pn,
		id,
		fromMe: step.way % 3 === 0,
		...((group || step.way % 5 === 0) && {
			participant: authors[step.way % authors.length] ?? scene.phone.pn,
		}),
	};
}

async function tellUnder(telling: Telling, id: string): Promise<void> {
	const { scene, story, chat } = telling;
	story.ofMallory.add(`${chat} ${id}`);
	await scene.mallory.sendText(targetOf(telling), INVENTED, { id });
}

const tell = (telling: Telling, content: proto.IMessage, edit?: number): Promise<unknown> =>
	telling.scene.mallory.sendMessage(targetOf(telling), content, { edit });

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;
const RECEIPTS = [undefined, 'read', 'played', 'read-self', 'sender', 'inactive', 'server-error'];
const NOTIFICATIONS = ['mediaretry', 'server_sync', 'account_sync', 'devices', 'w:gp2', 'encrypt'];

const TELLERS: Record<Lie['lie'], (telling: Telling) => Promise<unknown> | void> = {
	sameId: (telling) => tellUnder(telling, telling.id),
	idOfLater: (telling) => tellUnder(telling, telling.story.laterIds[0] ?? telling.id),
	// 8 is for an admin's deletion: she is none, and direct chats have none.
	revoke: (telling) =>
		tell(
			telling,
			{ protocolMessage: { type: REVOKE, key: keyOf(telling) } },
			telling.step.way % 4 > 1 ? 8 : 7,
		),
	edit: (telling) =>
		tell(
			telling,
			{
				protocolMessage: {
					type: MESSAGE_EDIT,
					key: keyOf(telling),
					editedMessage: { conversation: INVENTED },
				},
			},
			1,
		),
	react: (telling) => tell(telling, { reactionMessage: { key: keyOf(telling), text: '👎' } }),
	quote({ id, said, scene, ...rest }) {
		if (!said) rest.story.quotedEarly.add(id);
		const telling = { id, said, scene, ...rest };
		const quoted = {
			id,
			authorJid: said?.author?.pn ?? scene.phone.pn,
			message: { conversation: INVENTED },
		};
		return scene.mallory.sendText(targetOf(telling), INVENTED, { quoted });
	},
	vote: (telling) =>
		tell(
			telling,
			contents.toPollVote(keyOf(telling), ['yes'], {
				pollId: telling.id,
				pollAuthorJid: telling.scene.phone.pn,
				voterJid: telling.scene.mallory.pn,
				secret: randomBytes(32),
			}),
		),
	askFor: ({ scene, step, id }) =>
		scene.mallory.askFor(scene.phone, id, { group: scene.groupOf(step.place) }),
	receipt({ scene, step, id }) {
		const group = scene.groupOf(step.place);
		const origin = group && { from: group.jid, participant: group.jidOf(scene.mallory) };
		const type = RECEIPTS[step.way % RECEIPTS.length];
		scene.mallory.sendStanza(scene.phone, 'receipt', { id, type, ...origin });
	},
	protocol: (telling) => tell(telling, toOwnProtocol(telling.step.way, telling.said, INVENTED)),
	peer: (telling) =>
		telling.scene.mallory.sendText(targetOf(telling), INVENTED, {
			attributes: { category: 'peer' },
		}),
	deviceSent: (telling) =>
		tell(telling, {
			deviceSentMessage: {
				destinationJid: telling.said?.chat ?? telling.scene.ann.pn,
				message: { conversation: INVENTED },
			},
		}),
	call({ scene, step, story }) {
		const { mallory, phone, ann } = scene;
		const callId = story.calls[step.which % Math.max(1, story.calls.length)]?.id;
		if (!callId) return;
		const tag = ['terminate', 'reject', 'accept', 'offer'][step.way % 4] ?? 'offer';
		const creator = step.way % 3 === 0 ? mallory.pn : ann.pn;
		mallory.sendStanza(phone, 'call', { notify: 'Ann' }, [
			element(tag, { 'call-id': callId, 'call-creator': creator }),
		]);
	},
	notification({ scene, step, id }) {
		const type = NOTIFICATIONS[step.way % NOTIFICATIONS.length];
		scene.mallory.sendStanza(scene.phone, 'notification', { id, type }, [
			element('rmr', { jid: scene.ann.pn, from_me: 'false' }),
			element('error', { code: 2 }),
			element('device', { jid: scene.ann.pn }),
			element('revoke', {}, [element('participant', { jid: scene.ann.pn })]),
		]);
	},
	// The server would not pass it on: she writes in a group that she is not in.
	async intrude({ scene, story, id }) {
		story.ofMallory.add(`${scene.team.jid} ${id}`);
		await scene.mallory.sendText(scene.team, INVENTED, { id });
	},
};
