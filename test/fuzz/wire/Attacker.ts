import { encodeBinaryNode, type BinaryNode } from '@whiskeysockets/baileys';
import { toFrame } from '../../simulator/stanzas/FrameReader';
import type { RunnerStage } from '../stage/RunnerStage';
import { toBytes, type Attack } from './Attack';
import { SENT_ID } from './stanzas';

const LENGTH_BYTES = 3;
let serial = 0;

/** Makes the simulator send what it should not. */
export class Attacker {
	private sentId = '';

	constructor(private readonly stage: RunnerStage) {}

	/** A text of the runner, for nonsense about what it has sent; it has to reach its reader. */
	async prepare(): Promise<void> {
		const { ann } = this.stage;
		const text = `fuzz-secret-text out ${++serial}`;
		const body = { number: ann.number, message: text };
		const sent = await this.stage.whileAlive(
			this.stage.call<{ messageId: string }>('POST', '/api/text', body),
		);
		await ann.receive((message) => message.text === text, { timeoutMs: 30_000 });
		this.sentId = sent.messageId;
	}

	async send(attack: Attack): Promise<void> {
		const { device } = this.stage;
		const { socket } = device;
		switch (attack.kind) {
			case 'raw':
				socket?.sendRaw(toBytes(attack.bytes));
				// Whoever waits for the rest of a frame would wait for all that follows.
				device.drop('close');
				return;
			case 'text':
				socket?.sendRaw(attack.text);
				device.drop('close');
				return;
			case 'frame':
				socket?.sendRaw(toFrame(toBytes(attack.bytes)));
				return;
			case 'plaintext':
				socket?.sendEncrypted(toBytes(attack.bytes));
				return;
			case 'node':
				this.sendNode(attack.node);
				return;
			case 'bentMessage':
				return await this.sendBent(attack.attrs);
			case 'content':
				return await this.sendContent(toBytes(attack.bytes), attack.inGroup);
			case 'hello':
				return await this.spoilHandshake(toBytes(attack.bytes), attack.at);
		}
	}

	private sendNode(node: BinaryNode): void {
		let bytes: Buffer;
		try {
			bytes = encodeBinaryNode(fillIn(node, this.sentId));
		} catch {
			// Some nonsense cannot even be written.
			return;
		}
		this.stage.device.socket?.sendEncrypted(bytes);
	}

	private async sendBent(changes: Readonly<Record<string, string | null>>): Promise<void> {
		const node = await this.captureMessage();
		const attrs = { ...node.attrs };
		for (const [name, value] of Object.entries(changes)) {
			if (value === null) delete attrs[name];
			else attrs[name] = value;
		}
		this.sendNode({ ...node, attrs });
	}

	/** A message of a contact that is encrypted and queued nowhere. */
	private async captureMessage(): Promise<BinaryNode> {
		const { device, ann, phone } = this.stage;
		const captured: BinaryNode[] = [];
		const deliver = device.deliver.bind(device);
		device.deliver = (node) => void captured.push(node);
		try {
			await ann.sendText(phone, 'fuzz-secret-text bent');
		} finally {
			device.deliver = deliver;
		}
		const [node] = captured.slice(-1);
		if (!node) throw new Error('The contact has sent nothing');
		return node;
	}

	private async sendContent(bytes: Buffer, inGroup: boolean): Promise<void> {
		const { device, ann, group } = this.stage;
		const take = () => device.takeBundle();
		const { type, ciphertext } = await ann.party.encrypt(device.address, bytes, take);
		const origin: Record<string, string> = inGroup
			? { from: group.jid, participant: ann.pn }
			: { from: ann.pn };
		this.sendNode({
			tag: 'message',
			attrs: { id: `F${++serial}`, ...origin, type: 'text', t: '1784000000', notify: 'Ann' },
			content: [{ tag: 'enc', attrs: { v: '2', type }, content: ciphertext }],
		});
	}

	/** The frame keeps its length: one that is shorter is waited for, and that takes its time. */
	private async spoilHandshake(bytes: Buffer, at: number): Promise<void> {
		const { simulator, device } = this.stage;
		const spoilt = simulator.next('connection');
		simulator.mangleHello((frame) => {
			simulator.mangleHello(undefined);
			const result = Buffer.from(frame);
			const space = result.length - LENGTH_BYTES;
			bytes.forEach((byte, index) => {
				const place = LENGTH_BYTES + ((at + index) % space);
				result[place] = (result[place] ?? 0) ^ (byte || 1);
			});
			return result;
		});
		await device.whenOnline({ timeoutMs: 30_000 });
		device.drop('tcpReset');
		await spoilt;
	}
}

/** With the id of a real message where the case asks for one. */
function fillIn({ tag, attrs, content }: BinaryNode, sentId: string): BinaryNode {
	const filled = Object.entries(attrs).map(([name, value]) => [
		name,
		value === SENT_ID ? sentId : value,
	]);
	const children = Array.isArray(content) ? content.map((child) => fillIn(child, sentId)) : content;
	return {
		tag,
		attrs: Object.fromEntries(filled) as BinaryNode['attrs'],
		...(children === undefined ? {} : { content: children }),
	};
}
