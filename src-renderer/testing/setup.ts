import { configure } from "@testing-library/react";

// A busy machine is slow, not wrong: what is awaited may take its time, what is asserted may not.
configure({ asyncUtilTimeout: 10_000 });
