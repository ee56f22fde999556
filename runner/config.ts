import { resolve } from 'node:path';
import { SettingError } from './configuration/SettingError';
import { LOG_LEVELS, SETTINGS, type SettingName } from './configuration/settings';
import { toTypos } from './configuration/toTypos';
import * as values from './configuration/values';

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
	/** Without a slash at its end. Undefined: where the runner listens. */
	readonly publicUrl: string | undefined;
	/** `host` or `host:port`, lower case. */
	readonly allowHttpWebhookHosts: readonly string[];
	/** `host` or `host:port`, lower case. */
	readonly allowPrivateWebhookHosts: readonly string[];
	/** Seconds to wait before each attempt; the first is 0. */
	readonly webhookScheduleS: readonly number[];
	readonly messageTtlDays: number;
	readonly logLevel: (typeof LOG_LEVELS)[number];
	readonly whatsappUrl: string | undefined;
	/** 32 bytes as hex. */
	readonly whatsappRootKey: string | undefined;
	/** Started by n8n: shares its machine, and ends with it. */
	readonly embedded: boolean;
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

	const config: RunnerConfig = {
		host: read('AWW_HOST', values.toHost),
		port: read('AWW_PORT', values.toPort),
		dataDir: resolve(read('AWW_DATA_DIR', String)),
		adminKey: readOptional('AWW_ADMIN_KEY', values.toKey),
		publicUrl: readOptional('AWW_PUBLIC_URL', values.toPublicUrl),
		allowHttpWebhookHosts: read('AWW_ALLOW_HTTP_WEBHOOK_HOSTS', values.toHosts),
		allowPrivateWebhookHosts: read('AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS', values.toHosts),
		webhookScheduleS: read('AWW_WEBHOOK_SCHEDULE', values.toSchedule),
		messageTtlDays: read('AWW_MESSAGE_TTL_DAYS', values.toDays),
		logLevel: read('AWW_LOG_LEVEL', values.toOneOf(LOG_LEVELS)),
		whatsappUrl: readOptional('AWW_WHATSAPP_URL', values.toSimulatorUrl),
		whatsappRootKey: readOptional('AWW_WHATSAPP_ROOT_KEY', values.toRootKey),
		embedded: readOptional('AWW_EMBEDDED', values.toFlag) ?? false,
	};
	readOptional('AWW_DATABASE_URL', values.refuseDatabaseUrl);
	problems.push(...toConflicts(env, config));
	if (problems.length > 0) throw new ConfigError(problems);
	return Object.freeze(config);
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
	return conflicts;
}
