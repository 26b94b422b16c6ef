/** The encrypting build of the driver has the driver's own interface, but its types are not found. */
declare module "better-sqlite3-multiple-ciphers" {
  import Database from "better-sqlite3";
  export = Database;
}
