package io.jmigrate.pages.track;

class HashTrackerIT extends TrackerConformance {
    @Override
    DirtyTracker open() {
        return new HashTracker();
    }
}
