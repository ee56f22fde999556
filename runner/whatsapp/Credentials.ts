import {
	BufferJSON,
	initAuthCreds,
	jidDecode,
	type AuthenticationCreds,
} from '@whiskeysockets/baileys';
import type { CredentialRepository } from '../storage/CredentialRepository';
import { UnopenableError } from '../storage/encryption/Sealer';
import type { Statement } from '../storage/Statement';
import type { StagedState } from './CommitBarrier';

/**
 * The WhatsApp credentials of one connection. Baileys changes `value` in place; it is serialised when
 * a commit takes it. Nothing is stored before a phone is linked, so an unfinished linking leaves no
 * trace, and credentials that cannot be read are never written over.
 */
export class Credentials implements StagedState {
	private isDirty = false;

	private constructor(
		readonly value: AuthenticationCreds,
		private readonly repository: CredentialRepository,
		private readonly instanceId: string,
	) {}

	/** The stored credentials, or new ones when none are stored. Throws UnreadableCredentialsError. */
	static load(repository: CredentialRepository, instanceId: string): Credentials {
		const stored = read(repository, instanceId);
		const value = stored === undefined ? initAuthCreds() : parse(stored);
		return new Credentials(value, repository, instanceId);
	}

	/** Whether a phone has accepted this device: only then is there something to log in with. */
	get isLinked(): boolean {
		return this.value.account !== undefined && this.value.me !== undefined;
	}

	/** Digits of the linked phone. */
	get number(): string | null {
		return this.isLinked ? (jidDecode(this.value.me?.id)?.user ?? null) : null;
	}

	changed(): void {
		this.isDirty = true;
	}

	takeStaged(): Statement[] {
		if (!this.isDirty || !this.isLinked) return [];
		this.isDirty = false;
		return [this.repository.put(this.instanceId, JSON.stringify(this.value, BufferJSON.replacer))];
	}

	committed(): void {
		// A failed commit ends the connection, and with it this object: there is nothing to undo.
	}
}

/** Stored credentials that cannot be used. They are left alone: a new identity would unlink the phone. */
export class UnreadableCredentialsError extends Error {
	override readonly name = 'UnreadableCredentialsError';
	constructor() {
		super(
			'The stored WhatsApp credentials of this instance cannot be read. They were left as they are: restore the database from a backup, or log the instance out and link it again.',
		);
	}
}

function read(repository: CredentialRepository, instanceId: string): string | undefined {
	try {
		return repository.read(instanceId);
	} catch (error) {
		if (error instanceof UnopenableError) throw new UnreadableCredentialsError();
		throw error;
	}
}

function parse(stored: string): AuthenticationCreds {
	let value: AuthenticationCreds;
	try {
		value = JSON.parse(stored, BufferJSON.reviver) as AuthenticationCreds;
	} catch {
		// The reason would quote the credentials.
		throw new UnreadableCredentialsError();
	}
	if (!value?.noiseKey?.private || !value.signedIdentityKey?.private || !value.me?.id) {
		throw new UnreadableCredentialsError();
	}
	return value;
}
