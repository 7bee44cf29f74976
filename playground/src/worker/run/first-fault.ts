// What looks for the op that a number went wrong in: fetched when one has.

export { firstFaultOf } from "neurite/inspect";
