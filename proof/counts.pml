/* SPDX-License-Identifier: MIT */

/* Counts, hand-over and detach, for Spin: what lib/memory and the inline functions do with the count of an arena
 * and of a block, one atomic operation a step, in every interleaving of OWNERS threads.
 *
 * Spin runs threads one step at a time, which is stronger than C11. So the order that the code relies on is
 * modelled too: every thread, and every count, has the set of accesses that are known to have
 * happened before. An access takes its bit out of everybody else's set; a release adds the thread's set
 * to the count's; a relaxed read-modify-write leaves the count's set alone (the release sequence goes on); a relaxed store
 * empties it; an acquire adds the count's set to the thread's. Whoever frees memory must know of
 * all accesses, whoever writes of all others', whoever reads of the last write.
 *
 * Proved, for ever: no use after free, no double free, no leak at the end, no data race, and a snapshot
 * reads what it was taken from whatever the others write. */

#ifndef OWNERS
#define OWNERS 3
#endif
#ifndef OBJECTS
#define OBJECTS 3 /* of each kind, arenas and blocks, alive at once */
#endif
#ifndef SHARING
#define SHARING 1 /* owners begin on one arena and hand it over; else each has an arena of its own */
#endif
#ifndef SNAPSHOTS
#define SNAPSHOTS 1
#endif
#ifndef OPERATIONS
#define OPERATIONS 5 /* in all, whoever makes them; letting go is free */
#endif
/* What the code has; a planted mistake names another one. */
#ifndef DROP_ORDER
#define DROP_ORDER RELEASE
#endif
#ifndef SOLE_ORDER
#define SOLE_ORDER ACQUIRE
#endif
#ifndef LAST_ORDER
#define LAST_ORDER ACQUIRE
#endif

#define NONE 255
#define RELAXED 0
#define ACQUIRE 1
#define RELEASE 2

/* One bit a thread and object: "knows of all accesses of that thread to that object". */
#define BIT(object, thread) (1 << ((object) * OWNERS + (thread)))
#define ALL_OF(object) (((1 << OWNERS) - 1) << ((object) * OWNERS))

/* Arenas are the objects 0 to OBJECTS - 1, blocks those behind them. */
#define BLOCK(block) (OBJECTS + (block))
#define WHOLE (2 * OBJECTS)

#define EVERYTHING ((1 << (WHOLE * OWNERS)) - 1)

/* An object's count is owners - 1 or holders - 1; FREE is no object. */
#define FREE (-2)
short count[WHOLE] = FREE;
int carried[WHOLE]; /* what each count's word carries */
int known[OWNERS];  /* what each thread knows */

byte block_of[OBJECTS];
bit expected[OBJECTS]; /* what the owners of an arena must read */
bit content[OBJECTS];  /* what a block holds */

byte handle[OWNERS] = NONE; /* the arena that a thread's buffer stands on */
byte mail = NONE;           /* a handle on its way, as any queue with a lock would carry it */
int mail_knows;

byte budget = OPERATIONS;

hidden byte i;

/* Memory that is not in use was never touched: nobody has anything to know. */
inline forget(object)
{
    for (i : 0 .. OWNERS - 1) {
        known[i] = known[i] | ALL_OF(object)
    }
    for (i : 0 .. WHOLE - 1) {
        carried[i] = carried[i] | ALL_OF(object)
    }
    mail_knows = mail_knows | ALL_OF(object);
    carried[object] = EVERYTHING
}

/* Memory is read or written by thread `me`. */
inline touch(object)
{
    assert(count[object] != FREE);
    for (i : 0 .. OWNERS - 1) {
        if
        :: i != me -> known[i] = known[i] & ~BIT(object, me)
        :: else
        fi
    }
    mail_knows = mail_knows & ~BIT(object, me);
    for (i : 0 .. WHOLE - 1) {
        carried[i] = carried[i] & ~BIT(object, me)
    }
}

/* Nobody's access may be in flight. */
inline assert_alone(object)
{
    assert((known[me] & ALL_OF(object)) == ALL_OF(object))
}

inline acquire(object)
{
    known[me] = known[me] | carried[object]
}

inline free(object)
{
    assert_alone(object);
    assert(count[object] == -1);
    count[object] = FREE;
    forget(object)
}

inline make(object)
{
    assert(count[object] == FREE);
    count[object] = 0;
    carried[object] = 0
}

/* lib/memory/block.c, fci_block_drop. */
inline drop_block(block)
{
    atomic {
        assert(count[BLOCK(block)] >= 0);
        acquire(BLOCK(block));
        last = (count[BLOCK(block)] == 0)
    }
    if
    :: last -> d_step { assert(count[BLOCK(block)] == 0); count[BLOCK(block)] = -1 }
    :: else ->
        d_step {
            if
            :: DROP_ORDER == RELEASE -> carried[BLOCK(block)] = carried[BLOCK(block)] | known[me]
            :: else
            fi;
            count[BLOCK(block)]--;
            last = (count[BLOCK(block)] < 0)
        }
        if
        :: last && LAST_ORDER == ACQUIRE -> d_step { acquire(BLOCK(block)) }
        :: else
        fi
    fi;
    if
    :: last -> d_step { content[block] = 0; free(BLOCK(block)); last = false }
    :: else
    fi
}

/* fc_arena_release and fc_arena_dropped. */
inline release(arena)
{
    d_step {
        assert(count[arena] >= 0);
        acquire(arena);
        last = (count[arena] == 0);
        if
        :: last && !SHARING -> count[arena] = -1; carried[arena] = 0
        :: else
        fi
    }
#if SHARING
    if
    :: last -> d_step { assert(count[arena] == 0); count[arena] = -1; carried[arena] = 0 }
    :: else ->
        d_step {
            if
            :: DROP_ORDER == RELEASE -> carried[arena] = carried[arena] | known[me]
            :: else
            fi;
            count[arena]--;
            last = (count[arena] < 0)
        }
        if
        :: last && LAST_ORDER == ACQUIRE -> d_step { acquire(arena) }
        :: else
        fi
    fi;
#endif
    if
    :: last ->
        d_step { old = block_of[arena]; block_of[arena] = 0; expected[arena] = 0; free(arena) }
        drop_block(old);
        old = NONE
    :: else
    fi
}

/* A read through a buffer: the arena's words, then the block's bytes. Other owners may read too. */
inline read(arena)
{
    d_step {
        touch(arena);
        touch(BLOCK(block_of[arena]));
        assert(content[block_of[arena]] == expected[arena])
    }
}

/* lib/memory/write.c, by the only owner: a writer needs its arena alone. */
inline write(arena)
{
    d_step {
        old = block_of[arena];
        if
        :: SOLE_ORDER == ACQUIRE -> acquire(BLOCK(old))
        :: else
        fi;
        last = (count[BLOCK(old)] == 0)
    }
    if
    :: last ->
        d_step {
            assert_alone(BLOCK(old));
            touch(BLOCK(old));
            content[old] = 1 - content[old];
            expected[arena] = content[old]
        }
    :: else ->
        atomic {
            choose(BLOCK(0), fresh);
            if
            :: fresh == NONE /* out of memory: nothing changes */
            :: else -> d_step { make(fresh); fresh = fresh - OBJECTS }
            fi
        }
        if
        :: fresh == NONE
        :: else ->
            d_step { touch(BLOCK(old)); content[fresh] = 1 - content[old]; touch(BLOCK(fresh)) }
            d_step {
                assert_alone(arena);
                touch(arena);
                expected[arena] = content[fresh];
                block_of[arena] = fresh
            }
            drop_block(old)
        fi
    fi;
    d_step { fresh = NONE; old = NONE; last = false }
}

inline write_if_alone(arena)
{
    d_step { acquire(arena); last = (count[arena] == 0) }
    if
    :: last -> write(arena)
    :: else
    fi
}

/* The first object of a kind that is free, or NONE. */
inline choose(from, found)
{
    found = NONE;
    for (i : from .. from + OBJECTS - 1) {
        if
        :: count[i] == FREE && found == NONE -> found = i
        :: else
        fi
    }
}

/* lib/buffer/share.c: a new arena on the same block, sent to whoever takes it. */
inline snapshot(arena)
{
    atomic {
        choose(0, fresh);
        if
        :: fresh == NONE || mail != NONE -> fresh = NONE
        :: else -> d_step { make(fresh) }
        fi
    }
    if
    :: fresh == NONE
    :: else ->
        d_step { touch(arena); old = block_of[arena]; count[BLOCK(old)]++ }
        d_step {
            count[fresh] = 0;
            touch(fresh);
            block_of[fresh] = old;
            expected[fresh] = expected[arena]
        }
        old = NONE;
        post(fresh);
        fresh = NONE
    fi
}

/* A queue orders what it carries. If another was quicker the handle is let go. */
inline post(arena)
{
    atomic {
        if
        :: mail == NONE -> mail = arena; mail_knows = known[me]; sent = true
        :: else -> sent = false
        fi
    }
    if
    :: !sent -> release(arena)
    :: else -> sent = false
    fi
}

proctype owner(byte me)
{
    byte old = NONE;
    byte fresh = NONE;
    bool last = false;
    bool sent = false;

    do
    :: atomic { handle[me] != NONE && budget > 0 -> budget-- } -> write_if_alone(handle[me])
#if SHARING
    :: atomic { handle[me] != NONE && mail == NONE && budget > 0 -> budget-- } -> /* retain, and hand over */
        d_step { assert(count[handle[me]] >= 0); count[handle[me]]++ }
        post(handle[me])
#endif
#if SNAPSHOTS
    :: atomic { handle[me] != NONE && mail == NONE && budget > 0 -> budget-- } -> snapshot(handle[me])
#endif
    :: handle[me] != NONE -> /* the last that it does with it is to read */
        read(handle[me]);
        release(handle[me]);
        handle[me] = NONE
    :: d_step { handle[me] == NONE && mail != NONE ->
        handle[me] = mail;
        known[me] = known[me] | mail_knows;
        mail = NONE;
        mail_knows = EVERYTHING
    }
    :: handle[me] == NONE && mail == NONE -> break
    od
}

init
{
    byte taken;
    atomic {
        for (taken : 0 .. WHOLE - 1) {
            forget(taken)
        }
        make(BLOCK(0));
        for (taken : 0 .. OWNERS - 1) {
            if
            :: SHARING -> handle[taken] = 0
            :: else -> handle[taken] = taken; make(taken)
            fi
        }
        if
        :: SHARING -> make(0); count[0] = OWNERS - 1
        :: else -> count[BLOCK(0)] = OWNERS - 1
        fi;
        for (taken : 0 .. OWNERS - 1) {
            run owner(taken)
        }
        taken = 0
    }
    _nr_pr == 1;
    d_step {
        for (i : 0 .. WHOLE - 1) {
            assert(count[i] == FREE || mail != NONE)
        }
    }
}
