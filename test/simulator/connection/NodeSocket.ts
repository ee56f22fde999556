import type { Socket } from 'node:net';
import { decodeBinaryNode, encodeBinaryNode, type BinaryNode } from '@whiskeysockets/baileys';
import type { RawData, WebSocket } from 'ws';
import { NOISE_PROLOGUE, NoiseServer, type NoiseResult } from '../noise/NoiseServer';
import type { TransportCipher } from '../noise/TransportCipher';
import { reportProtocolError } from '../reportProtocolError';
import type { SimulatorContext } from '../SimulatorContext';
import { FrameReader, toFrame } from '../stanzas/FrameReader';
import { toFarewell, type DropKind } from './dropKinds';

/** What a connection is used for, once the handshake has told. */
export interface ConnectionRole {
	/** A stanza of the client, in order. */
	receive(node: BinaryNode): void;
	/** The connection is gone. Called once. */
	closed(): void;
}

/** One websocket with Noise on it: stanzas in, in order, and stanzas out. */
export class NodeSocket {
	private readonly reader = new FrameReader(NOISE_PROLOGUE);
	private readonly frames: Buffer[] = [];
	private readonly noise: NoiseServer;
	private greeted = false;
	private reading = false;
	private ended = false;
	private cipher: TransportCipher | undefined;
	private role: ConnectionRole | undefined;

	constructor(
		private readonly context: SimulatorContext,
		private readonly webSocket: WebSocket,
		private readonly tcp: Socket,
		/** Decides what the connection is for. */
		private readonly admit: (socket: NodeSocket, client: NoiseResult) => ConnectionRole,
	) {
		const chain = context.identity.chain(context.faults.serverCertificate);
		this.noise = new NoiseServer(context.identity.staticKey, chain);
		webSocket.on('message', (data) => this.read(data));
		webSocket.on('close', () => this.role?.closed());
		webSocket.on('error', () => webSocket.terminate());
	}

	/** Writes a stanza; lost when the connection is gone. */
	send(node: BinaryNode): void {
		this.sendEncrypted(encodeBinaryNode(node));
	}

	/** Writes a frame that holds these bytes, which need not be a stanza. */
	sendEncrypted(bytes: Uint8Array): void {
		if (!this.cipher || this.webSocket.readyState !== this.webSocket.OPEN) return;
		this.context.counters.framesOut++;
		this.webSocket.send(toFrame(this.cipher.encrypt(bytes)));
	}

	/** Writes bytes, or a text, that need not be a frame. */
	sendRaw(data: Uint8Array | string): void {
		if (this.webSocket.readyState === this.webSocket.OPEN) this.webSocket.send(data);
	}

	/** Runs `write` and hands all it wrote to the system at once. */
	cork(write: () => void): void {
		this.tcp.cork();
		write();
		this.tcp.uncork();
	}

	/** Ends the connection in that way; what the client still sends is not read. */
	drop(how: DropKind): void {
		this.ended = true;
		const farewell = toFarewell(how);
		if (farewell) this.send(farewell);
		if (how === 'tcpReset') this.tcp.resetAndDestroy();
		else this.webSocket.close();
	}

	private read(data: RawData): void {
		if (this.ended) return;
		try {
			const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
			this.frames.push(...this.reader.read(bytes));
			void this.takeFrames();
		} catch (error) {
			this.fail(error);
		}
	}

	/** Decoding is asynchronous (frames may be compressed), so frames are taken one at a time. */
	private async takeFrames(): Promise<void> {
		if (this.reading) return;
		this.reading = true;
		try {
			for (let frame = this.frames.shift(); frame; frame = this.frames.shift()) {
				this.context.counters.framesIn++;
				if (this.cipher) {
					const node = await decodeBinaryNode(this.cipher.decrypt(frame));
					if (!this.ended) this.role?.receive(node);
				} else {
					this.shakeHands(frame);
				}
			}
		} catch (error) {
			this.fail(error);
		} finally {
			this.reading = false;
		}
	}

	private shakeHands(frame: Buffer): void {
		if (!this.greeted) {
			this.greeted = true;
			const answer = toFrame(this.noise.answerHello(frame));
			this.webSocket.send(this.context.faults.mangleHello?.(answer) ?? answer);
			return;
		}
		const result = this.noise.finish(frame);
		this.cipher = result.cipher;
		this.role = this.admit(this, result);
	}

	private fail(error: unknown): void {
		this.ended = true;
		this.frames.length = 0;
		this.webSocket.terminate();
		reportProtocolError(this.context, error);
	}
}
