// The generators of `plop model` and `plop field`.
export { default } from 'create-ssot-app/plopfile'
