package io.jmigrate.pages.track;

import io.jmigrate.pages.live.MemoryScope;

class HashTrackerIT extends TrackerConformance {
    @Override
    DirtyTracker open() {
        return new HashTracker(MemoryScope.ANONYMOUS);
    }
}
