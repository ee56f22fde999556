import { resolve } from 'node:path';
import type { AddressRules } from './address';
import { SettingError } from './configuration/SettingError';
import {
	DEFAULT_MESSAGES_PER_MINUTE,
	LOG_LEVELS,
	SETTINGS,
	type SettingName,
} from './configuration/settings';
import { toTypos } from './configuration/toTypos';
import * as values from './configuration/values';
import type { ProxyAddress } from './proxy/ProxyAddress';

export { SETTINGS, type Setting } from './configuration/settings';

/** The runner's configuration, checked and frozen. */
export interface RunnerConfig {
	readonly host: string;
	/** 0 lets the operating system choose. */
	readonly port: number;
	/** Absolute. */
	readonly dataDir: string;
	/** Undefined: made once and kept in the data folder. */
	readonly adminKey: string | undefined;
	/** Undefined: the one of `encryptionKeyFile`, else one made once and kept in the data folder. */
	readonly encryptionKey: string | undefined;
	/** Absolute. */
	readonly encryptionKeyFile: string | undefined;
	/** What n8n derives from its own key for its embedded runner. */
	readonly embeddedKey: string | undefined;
	/** What was used before, where the key was changed. */
	readonly previousEncryptionKeys: readonly string[] | undefined;
	/** Without a slash at its end. Undefined: where the runner listens. */
	readonly publicUrl: string | undefined;
	/** `host` or `host:port`, lower case. */
	readonly allowHttpWebhookHosts: readonly string[];
	/** `host` or `host:port`, lower case. */
	readonly allowPrivateWebhookHosts: readonly string[];
	/** Seconds to wait before each attempt; the first is 0. */
	readonly webhookScheduleS: readonly number[];
	readonly messageTtlDays: number;
	readonly mediaMaxBytes: number;
	readonly mediaQuotaBytes: number;
	/** How many messages an instance may send in a minute; 0 for no limit. */
	readonly messagesPerMinute: number;
	/** Through which WhatsApp is reached; direct when undefined. */
	readonly proxy: ProxyAddress | undefined;
	/** The PATH of the process: where ffmpeg is looked for. */
	readonly searchPath: string;
	readonly logLevel: (typeof LOG_LEVELS)[number];
	readonly whatsappUrl: string | undefined;
	/** 32 bytes as hex. */
	readonly whatsappRootKey: string | undefined;
	/** n8n's own rule of what may be called; undefined while its protection is off. */
	readonly addressRules: AddressRules | undefined;
	/** Started by n8n: shares its machine, and ends with it. */
	readonly embedded: boolean;
	/** Absolute: of the n8n that started this runner, when it serves TLS itself. */
	readonly parentCertificate: string | undefined;
	/** `host:port`, lower case: of the n8n that started this runner. */
	readonly parentWebhookHosts: readonly string[];
}

/** Every problem of a configuration, each with its remedy. Never repeats a value: it may be a secret. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';

	constructor(readonly problems: readonly string[]) {
		super(`The configuration is wrong:\n${problems.map((problem) => `- ${problem}\n`).join('')}`);
	}
}

/**
 * Reads the configuration from environment variables; empty ones count as unset. Throws one
 * ConfigError that names all problems.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): RunnerConfig {
	const problems = toTypos(
		env,
		SETTINGS.map(({ name }) => name),
	);
	const readOptional = <T>(name: SettingName, convert: (text: string) => T): T | undefined => {
		const text = env[name]?.trim();
		return text ? attempt(name, () => convert(text), problems) : undefined;
	};
	// With a problem the value is never seen: the error is thrown before anybody gets the config.
	const read = <T>(name: SettingName, convert: (text: string) => T): T =>
		readOptional(name, convert) ?? convert(defaultOf(name));

	const embedded = readOptional('AWW_EMBEDDED', values.toFlag) ?? false;
	const parentCertificate = readOptional('AWW_PARENT_CERTIFICATE', (path) => resolve(path));
	const parentWebhookHosts = read('AWW_PARENT_WEBHOOK_HOSTS', values.toHosts);
	const config: RunnerConfig = {
		host: read('AWW_HOST', values.toHost),
		port: read('AWW_PORT', values.toPort),
		dataDir: resolve(read('AWW_DATA_DIR', String)),
		adminKey: readOptional('AWW_ADMIN_KEY', values.toKey),
		encryptionKey: readOptional('AWW_ENCRYPTION_KEY', values.toEncryptionKey),
		encryptionKeyFile: readOptional('AWW_ENCRYPTION_KEY_FILE', (path) => resolve(path)),
		embeddedKey: readOptional('AWW_EMBEDDED_KEY', values.toEncryptionKey),
		previousEncryptionKeys: readOptional('AWW_PREVIOUS_ENCRYPTION_KEY', values.toEncryptionKeys),
		publicUrl: readOptional('AWW_PUBLIC_URL', values.toPublicUrl),
		allowHttpWebhookHosts: read('AWW_ALLOW_HTTP_WEBHOOK_HOSTS', values.toHosts),
		allowPrivateWebhookHosts: read('AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS', values.toHosts),
		webhookScheduleS: read('AWW_WEBHOOK_SCHEDULE', values.toSchedule),
		messageTtlDays: read('AWW_MESSAGE_TTL_DAYS', values.toDays),
		mediaMaxBytes: read('AWW_MEDIA_MAX_MB', values.toBytes),
		mediaQuotaBytes: read('AWW_MEDIA_QUOTA_MB', values.toBytes),
		messagesPerMinute:
			readOptional('AWW_MESSAGES_PER_MINUTE', values.toMessagesPerMinute) ??
			// A simulator blocks nobody.
			(env.AWW_WHATSAPP_URL?.trim() ? 0 : DEFAULT_MESSAGES_PER_MINUTE),
		proxy: readOptional('AWW_PROXY_URL', values.toProxy),
		searchPath: env.PATH ?? '',
		logLevel: read('AWW_LOG_LEVEL', values.toOneOf(LOG_LEVELS)),
		whatsappUrl: readOptional('AWW_WHATSAPP_URL', values.toSimulatorUrl),
		whatsappRootKey: readOptional('AWW_WHATSAPP_ROOT_KEY', values.toRootKey),
		addressRules: readAddressRules(readOptional),
		embedded,
		// Nobody else is believed about where n8n is.
		parentCertificate: embedded ? parentCertificate : undefined,
		parentWebhookHosts: embedded ? parentWebhookHosts : Object.freeze([]),
	};
	readOptional('AWW_DATABASE_URL', values.refuseDatabaseUrl);
	problems.push(...toConflicts(env, config));
	if (problems.length > 0) throw new ConfigError(problems);
	return Object.freeze(config);
}

/** The lists count while n8n's protection is on, as they do for n8n. */
function readAddressRules(
	readOptional: <T>(name: SettingName, convert: (text: string) => T) => T | undefined,
): AddressRules | undefined {
	if (readOptional('N8N_SSRF_PROTECTION_ENABLED', values.toFlag) !== true) return undefined;
	return Object.freeze({
		allowedHostnames: readOptional('N8N_SSRF_ALLOWED_HOSTNAMES', values.toHostPatterns) ?? [],
		blockedHostnames: readOptional('N8N_SSRF_BLOCKED_HOSTNAMES', values.toHostPatterns) ?? [],
		allowedRanges: readOptional('N8N_SSRF_ALLOWED_IP_RANGES', values.toRanges) ?? [],
		blockedRanges: readOptional('N8N_SSRF_BLOCKED_IP_RANGES', values.toRanges) ?? [],
	});
}

function attempt<T>(name: SettingName, convert: () => T, problems: string[]): T | undefined {
	try {
		return convert();
	} catch (error) {
		if (!(error instanceof SettingError)) throw error;
		problems.push(`${name} ${error.message}`);
		return undefined;
	}
}

function defaultOf(name: SettingName): string {
	return SETTINGS.find((setting) => setting.name === name)?.default ?? '';
}

/** Settings that are right alone and wrong together. */
function toConflicts(
	env: Readonly<Record<string, string | undefined>>,
	config: RunnerConfig,
): string[] {
	const simulator = (['AWW_WHATSAPP_URL', 'AWW_WHATSAPP_ROOT_KEY'] as const).filter((name) =>
		env[name]?.trim(),
	);
	const conflicts: string[] = [];
	if (!values.isLoopbackHost(config.host)) {
		conflicts.push(
			...simulator.map(
				(name) =>
					`${name} is for simulators and refused unless AWW_HOST is loopback: unset it, or set AWW_HOST to 127.0.0.1.`,
			),
		);
	}
	if (simulator.includes('AWW_WHATSAPP_ROOT_KEY') && !simulator.includes('AWW_WHATSAPP_URL')) {
		conflicts.push(
			'AWW_WHATSAPP_ROOT_KEY belongs to a simulator: set AWW_WHATSAPP_URL as well, or unset it.',
		);
	}
	if (config.encryptionKey !== undefined && config.encryptionKeyFile !== undefined) {
		conflicts.push(
			'AWW_ENCRYPTION_KEY and AWW_ENCRYPTION_KEY_FILE both give the key: unset one of them.',
		);
	}
	if (config.mediaQuotaBytes < config.mediaMaxBytes) {
		conflicts.push(
			'AWW_MEDIA_QUOTA_MB must not be below AWW_MEDIA_MAX_MB: raise it, or lower AWW_MEDIA_MAX_MB.',
		);
	}
	return conflicts;
}
