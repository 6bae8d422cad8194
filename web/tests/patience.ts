/** A machine with much else to do is slow: what is waited for comes, late. */

import { configure } from '@testing-library/react'

configure({ asyncUtilTimeout: 15_000 })
