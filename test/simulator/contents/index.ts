/** Builders of what contacts send; give the result to `contact.sendMessage`. */
export * from './albums';
export * from './answers';
export * from './contactCards';
export * from './invitations';
export * from './places';
export * from './polls';
export * from './sealed';
export * from './wrappers';
