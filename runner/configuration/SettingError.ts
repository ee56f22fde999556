/** A value a setting cannot have. The message goes on after the setting's name: "must be …". */
export class SettingError extends Error {
	override readonly name = 'SettingError';
}
