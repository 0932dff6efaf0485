// Stands in for react-devtools-core, which a console never loads.
export default {};
